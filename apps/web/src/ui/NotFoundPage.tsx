import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "./Button.tsx";
import { usePageTitle } from "./Page.tsx";

export function NotFoundPage() {
  const text = useText();
  const heading = usePageTitle(text("notFound.title"));
  return (
    <div className="mx-auto flex max-w-md flex-col items-start gap-3 px-4 py-24">
      <p className="text-sm font-semibold text-accent-ink">404</p>
      <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {text("notFound.title")}
      </h1>
      <p className="text-quiet">{text("notFound.body")}</p>
      <ButtonLink to={paths.home} look="primary">
        {text("notFound.home")}
      </ButtonLink>
    </div>
  );
}
