import type { NewCustomer } from "@payflip/contract/customers.ts";
import type { Language } from "@payflip/contract/page.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type Control, Controller, useFieldArray, useForm } from "react-hook-form";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { FormLanguage } from "../ui/fields/FormLanguage.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

interface CustomerFields {
  readonly name: string;
  readonly language: Language;
  readonly migratedFromFlexPlan: boolean;
  readonly entities: { name: string; vatNumber: string }[];
  readonly adminName: string;
  readonly adminEmail: string;
}

/** A new customer with its entities and the first admin. */
export function NewCustomerDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { control, handleSubmit } = useForm<CustomerFields>({
    defaultValues: {
      name: "",
      language: "nl",
      migratedFromFlexPlan: false,
      entities: [{ name: "", vatNumber: "" }],
      adminName: "",
      adminEmail: "",
    },
  });
  const create = useCustomerCreation(onClose);
  const submit = handleSubmit((fields) => create.mutate(customerOf(fields)));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("customers.new")}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button type="submit" form="new-customer" look="primary" isPending={create.isPending}>
            {text("customers.create")}
          </Button>
        </>
      }
    >
      <form id="new-customer" onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormText
          control={control}
          name="name"
          label={text("field.name")}
          required={text("field.required")}
        />
        <FormLanguage control={control} name="language" />
        <Controller
          name="migratedFromFlexPlan"
          control={control}
          render={({ field }) => (
            <CheckboxInput isSelected={field.value} onChange={field.onChange}>
              {text("customers.migrated.label")}
            </CheckboxInput>
          )}
        />
        <EntityFields control={control} />
        <fieldset className="space-y-3">
          <legend className="font-medium">{text("customers.firstAdmin")}</legend>
          <FormText
            control={control}
            name="adminName"
            label={text("field.name")}
            required={text("field.required")}
          />
          <FormText
            control={control}
            name="adminEmail"
            label={text("field.email")}
            type="email"
            required={text("field.required")}
          />
        </fieldset>
        {create.isError && <ProblemNotice error={create.error} />}
      </form>
    </Dialog>
  );
}

function EntityFields({ control }: { readonly control: Control<CustomerFields> }) {
  const text = useText();
  const { fields, append } = useFieldArray({ control, name: "entities" });
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">{text("customers.entities")}</legend>
      {fields.map((field, index) => (
        <div key={field.id} className="grid gap-3 sm:grid-cols-2">
          <FormText
            control={control}
            name={`entities.${index}.name`}
            label={text("field.name")}
            required={text("field.required")}
          />
          <FormText control={control} name={`entities.${index}.vatNumber`} label={text("field.vatNumber")} />
        </div>
      ))}
      <Button onPress={() => append({ name: "", vatNumber: "" })}>
        <Plus className="size-4" aria-hidden />
        {text("customers.addEntity")}
      </Button>
    </fieldset>
  );
}

function useCustomerCreation(onDone: () => void) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (customer: NewCustomer) => call("createCustomer", { body: customer }),
    onSuccess: async (customer) => {
      announce(text("customers.created", { name: customer.name }));
      onDone();
      await invalidate(queryClient, ["listCustomers", "listFleet"]);
    },
  });
}

function customerOf(fields: CustomerFields): NewCustomer {
  return {
    name: fields.name.trim(),
    language: fields.language,
    migratedFromFlexPlan: fields.migratedFromFlexPlan,
    entities: fields.entities.map(({ name, vatNumber }) => ({
      name: name.trim(),
      vatNumber: vatNumber.trim() || null,
    })),
    admins: [{ name: fields.adminName.trim(), email: fields.adminEmail.trim(), language: fields.language }],
  };
}
