import type { Customer } from "@payflip/contract/customers.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useSession } from "../access/session.ts";
import { customersQuery } from "../api/queries.ts";
import { groupedVatNumber } from "../company/enterprise-number.ts";
import { languageNames } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { EmptyState, PageHeader } from "../ui/Page.tsx";
import { AvailabilityButton } from "./AvailabilityButton.tsx";
import { NewCustomerDialog } from "./NewCustomerDialog.tsx";

/** All customers; success managers add them and make Liantis available. */
export function CustomersPage() {
  const text = useText();
  const { role } = useSession();
  const isManager = role === "success_manager";
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={text("customers.title")}
        description={text("customers.description")}
        actions={
          isManager && (
            <Button look="primary" onPress={() => setAdding(true)}>
              <Plus className="size-4" aria-hidden />
              {text("customers.new")}
            </Button>
          )
        }
      />
      <CustomerList />
      {isAdding && <NewCustomerDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function CustomerList() {
  const text = useText();
  const query = useQuery(customersQuery);
  return (
    <LoadedList
      query={query}
      empty={<EmptyState title={text("customers.none")}>{text("customers.none.why")}</EmptyState>}
    >
      {(customers) => (
        <ul className="grid items-start gap-4 lg:grid-cols-2">
          {customers.map((customer) => (
            <CustomerCard key={customer.id} customer={customer} />
          ))}
        </ul>
      )}
    </LoadedList>
  );
}

function CustomerCard({ customer }: { readonly customer: Customer }) {
  const text = useText();
  const formats = useFormats();
  return (
    <li className="card p-5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-base font-semibold">
          <Link to={paths.customer} params={{ customerId: customer.id }} className="link">
            {customer.name}
          </Link>
        </h2>
        {customer.liantisAvailable ? (
          <Chip tone="success">{text("customers.available")}</Chip>
        ) : (
          <Chip>{text("customers.notAvailable")}</Chip>
        )}
        {customer.migratedFromFlexPlan && <Chip tone="warning">{text("customers.migrated")}</Chip>}
      </div>
      <p className="mt-1 text-quiet">
        <span lang={customer.language}>{languageNames[customer.language]}</span> ·{" "}
        {text("customers.since", { when: formats.instant(customer.createdAt) })}
      </p>
      <h3 className="mt-4 font-medium">{text("customers.entities")}</h3>
      <ul className="mt-1 space-y-1">
        {customer.entities.map((entity) => (
          <li key={entity.id} className="flex flex-wrap items-center gap-x-2">
            {entity.name}
            <span className="text-quiet tabular-nums">
              {entity.vatNumber ? groupedVatNumber(entity.vatNumber) : text("company.vat.missing")}
            </span>
            {entity.vatNumber !== null && !entity.numberConfirmed && (
              <Chip tone="warning">{text("customers.unconfirmed")}</Chip>
            )}
          </li>
        ))}
      </ul>
      <AvailabilityButton customer={customer} />
    </li>
  );
}
