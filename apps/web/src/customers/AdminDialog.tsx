import type { CustomerAdmin } from "@payflip/contract/accounts/admins.ts";
import type { Language } from "@payflip/contract/page.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { currentLanguage } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EntityChoice } from "../ui/fields/EntityChoice.tsx";
import { FormLanguage } from "../ui/fields/FormLanguage.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

export interface EntityOption {
  readonly id: string;
  readonly name: string;
}

interface AdminDialogProps {
  readonly customerId: string;
  readonly entities: readonly EntityOption[];
  /** Null: a new one. */
  readonly admin: CustomerAdmin | null;
  readonly onClose: () => void;
}

interface AdminFields {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

/** Adds an admin, or changes one. */
export function AdminDialog({ customerId, entities, admin, onClose }: AdminDialogProps) {
  const text = useText();
  const { control, handleSubmit } = useForm<AdminFields>({
    defaultValues: {
      name: admin?.name ?? "",
      email: admin?.email ?? "",
      language: admin?.language ?? currentLanguage(),
    },
  });
  const [entityIds, setEntityIds] = useState<readonly string[] | null>(admin?.entityIds ?? null);
  const save = useSave(customerId, admin, onClose);
  const submit = handleSubmit((fields) =>
    save.mutate({ ...fields, entityIds: entityIds === null ? null : [...entityIds] }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={admin === null ? text("admins.add") : text("admins.change.title", { name: admin.name })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            type="submit"
            form="admin"
            look="primary"
            isPending={save.isPending}
            isDisabled={entityIds?.length === 0}
          >
            {text(admin === null ? "admins.invite" : "action.save")}
          </Button>
        </>
      }
    >
      <form id="admin" onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormText
          control={control}
          name="name"
          label={text("field.name")}
          required={text("field.required")}
        />
        <FormText
          control={control}
          name="email"
          label={text("field.email")}
          type="email"
          required={text("field.required")}
          hint={text(admin === null ? "admins.email.invited" : "admins.email.confirmed")}
        />
        <FormLanguage control={control} name="language" />
        <EntityChoice entities={entities} chosen={entityIds} onChange={setEntityIds} />
        {save.isError && <ProblemNotice error={save.error} />}
      </form>
    </Dialog>
  );
}

function useSave(customerId: string, admin: CustomerAdmin | null, onDone: () => void) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (fields: AdminFields & { entityIds: string[] | null }) =>
      admin === null
        ? call("addAdmin", { params: { id: customerId }, body: fields })
        : call("changeAdmin", { params: { id: customerId, accountId: admin.accountId }, body: fields }),
    onSuccess: async ({ name, email }) => {
      announce(admin === null ? text("admins.invited", { email }) : text("admins.saved", { name }));
      onDone();
      await invalidate(queryClient, ["listAdmins", "readSession"]);
    },
  });
}
