import type { Customer } from "@payflip/contract/customers.ts";
import type { Language } from "@payflip/contract/page.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { call } from "../api/call.ts";
import { endpointQuery, invalidate } from "../api/endpoint-query.ts";
import { groupedVatNumber } from "../company/enterprise-number.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { FormLanguage } from "../ui/fields/FormLanguage.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { Loaded } from "../ui/Loaded.tsx";
import { Breadcrumb, PageHeader, Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { AdminsSection } from "./AdminsSection.tsx";

/** One customer, as success managers set it up: its name, entities and admins. */
export function CustomerPage() {
  const { customerId } = useParams({ from: "/account/customers/$customerId" });
  const query = useQuery(endpointQuery("readCustomer", { params: { id: customerId } }));
  return <Loaded query={query}>{(customer) => <CustomerDetails customer={customer} />}</Loaded>;
}

function CustomerDetails({ customer }: { readonly customer: Customer }) {
  const text = useText();
  return (
    <>
      <PageHeader
        title={customer.name}
        breadcrumb={
          <Breadcrumb>
            {[
              <Link key="customers" to={paths.customers} className="link">
                {text("customers.title")}
              </Link>,
              customer.name,
            ]}
          </Breadcrumb>
        }
      />
      <div className="space-y-6">
        <NameForm key={customer.name} customer={customer} />
        <EntitiesSection customer={customer} />
        <AdminsSection customerId={customer.id} entities={customer.entities} />
      </div>
    </>
  );
}

function NameForm({ customer }: { readonly customer: Customer }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { control, handleSubmit } = useForm<{ name: string; language: Language }>({
    defaultValues: { name: customer.name, language: customer.language },
  });
  const save = useMutation({
    mutationFn: (body: { name: string; language: Language }) =>
      call("changeCustomer", { params: { id: customer.id }, body }),
    onSuccess: async ({ name }) => {
      announce(text("customers.saved", { name }));
      await invalidate(queryClient, ["readCustomer", "listCustomers", "listFleet"]);
    },
  });
  const submit = handleSubmit((fields) => save.mutate(fields));
  return (
    <Section id="customer-name" title={text("customers.details")}>
      <form onSubmit={(event) => void submit(event)} noValidate className="max-w-lg space-y-4">
        <FormText
          control={control}
          name="name"
          label={text("field.name")}
          required={text("field.required")}
        />
        <FormLanguage control={control} name="language" />
        {save.isError && <ProblemNotice error={save.error} />}
        <Button type="submit" look="primary" isPending={save.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </Section>
  );
}

function EntitiesSection({ customer }: { readonly customer: Customer }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { control, handleSubmit, reset } = useForm({ defaultValues: { name: "", vatNumber: "" } });
  const add = useMutation({
    mutationFn: ({ name, vatNumber }: { name: string; vatNumber: string }) =>
      call("addEntity", { params: { id: customer.id }, body: { name, vatNumber: vatNumber.trim() || null } }),
    onSuccess: async () => {
      reset();
      announce(text("customers.entityAdded"));
      await invalidate(queryClient, ["readCustomer", "listCustomers", "listFleet"]);
    },
  });
  const submit = handleSubmit((fields) => add.mutate(fields));
  return (
    <Section id="customer-entities" title={text("customers.entities")}>
      <ul className="space-y-1 text-sm">
        {customer.entities.map(({ id, name, vatNumber }) => (
          <li key={id}>
            {name}{" "}
            <span className="text-quiet tabular-nums">
              {vatNumber ? groupedVatNumber(vatNumber) : text("company.vat.missing")}
            </span>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => void submit(event)}
        noValidate
        className="mt-4 grid max-w-2xl items-start gap-3 sm:grid-cols-2"
      >
        <FormText
          control={control}
          name="name"
          label={text("customers.entityName")}
          required={text("field.required")}
        />
        <FormText control={control} name="vatNumber" label={text("field.vatNumber")} />
        <div className="space-y-3 sm:col-span-2">
          {add.isError && <ProblemNotice error={add.error} />}
          <Button type="submit" isPending={add.isPending}>
            {text("customers.addEntity")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
