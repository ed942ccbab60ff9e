import { useText } from "../intl/messages.ts";
import { SkeletonBlock } from "../ui/Skeleton.tsx";

export function PendingPage() {
  return <SkeletonBlock label={useText()("state.loading")} lines={6} />;
}
