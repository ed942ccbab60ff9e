import { useSession } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { AdminsSection } from "./AdminsSection.tsx";

/** The admins of the own customer, for an admin of all entities. */
export function AdminsPage() {
  const text = useText();
  const { customer, entities } = useSession();
  if (customer === null) return <NotFoundPage />;
  return (
    <>
      <PageHeader
        title={text("admins.title")}
        breadcrumb={<Breadcrumb>{[text("settings.title"), text("admins.title")]}</Breadcrumb>}
      />
      <AdminsSection customerId={customer.id} entities={entities} />
    </>
  );
}
