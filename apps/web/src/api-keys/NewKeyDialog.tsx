import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useSession } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EntityChoice } from "../ui/fields/EntityChoice.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

type Rights = "admin" | "reader" | "readerWages";

/** Creates a key, then shows it: it can be copied now and never again. */
export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { entities } = useSession();
  const { control, handleSubmit } = useForm({ defaultValues: { name: "", expiresOn: "" } });
  const [rights, setRights] = useState<Rights>("reader");
  const [entityIds, setEntityIds] = useState<readonly string[] | null>(null);
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: ({ name, expiresOn }: { name: string; expiresOn: string }) =>
      call("createApiKey", {
        body: {
          name,
          role: rights === "admin" ? "admin" : "reader",
          wages: rights !== "reader",
          entityIds: entityIds === null ? null : [...entityIds],
          expiresOn: expiresOn || null,
        },
      }),
    onSuccess: () => invalidate(queryClient, ["listApiKeys"]),
  });
  const submit = handleSubmit((fields) => create.mutate(fields));
  if (create.isSuccess) return <CreatedKey text={create.data.key} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("apiKeys.new")}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            type="submit"
            form="new-key"
            look="primary"
            isPending={create.isPending}
            isDisabled={entityIds?.length === 0}
          >
            {text("apiKeys.create")}
          </Button>
        </>
      }
    >
      <form id="new-key" onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormText
          control={control}
          name="name"
          label={text("field.name")}
          hint={text("apiKeys.name.hint")}
          required={text("field.required")}
        />
        <SelectInput
          label={text("apiKeys.rights")}
          value={rights}
          onChange={setRights}
          options={(["reader", "readerWages", "admin"] as const).map((value) => ({
            value,
            label: text(`apiKeys.${value}`),
          }))}
        />
        <FormText
          control={control}
          name="expiresOn"
          label={text("apiKeys.expires")}
          type="date"
          hint={text("apiKeys.expires.hint")}
        />
        <EntityChoice entities={entities} chosen={entityIds} onChange={setEntityIds} />
        {create.isError && <ProblemNotice error={create.error} />}
      </form>
    </Dialog>
  );
}

function CreatedKey({ text: key, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const text = useText();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("apiKeys.created")}
      actions={
        <>
          <Button onPress={() => void navigator.clipboard.writeText(key)}>{text("apiKeys.copy")}</Button>
          <Button look="primary" onPress={onClose}>
            {text("action.close")}
          </Button>
        </>
      }
    >
      <TextInput label={text("apiKeys.key")} value={key} isReadOnly hint={text("apiKeys.once")} />
    </Dialog>
  );
}
