import type { ApiKey } from "@payflip/contract/accounts/api-keys.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { everyPageQuery } from "../api/every-page.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { Breadcrumb, EmptyState, PageHeader } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { NewKeyDialog } from "./NewKeyDialog.tsx";

/** The customer's API keys: create one, see which are used, revoke one. */
export function ApiKeysPage() {
  const text = useText();
  const query = useQuery(everyPageQuery("listApiKeys", {}));
  const [isAdding, setAdding] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const columns = useColumns(setRevoked);
  return (
    <>
      <PageHeader
        title={text("apiKeys.title")}
        breadcrumb={<Breadcrumb>{[text("settings.title"), text("apiKeys.title")]}</Breadcrumb>}
        description={text("apiKeys.description")}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <Plus className="size-4" aria-hidden />
            {text("apiKeys.new")}
          </Button>
        }
      />
      <LoadedList query={query} empty={<EmptyState title={text("apiKeys.none")} />}>
        {(keys) => (
          <DataTable label={text("apiKeys.title")} columns={columns} rows={keys} rowKey={({ id }) => id} />
        )}
      </LoadedList>
      {isAdding && <NewKeyDialog onClose={() => setAdding(false)} />}
      {revoked !== null && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

function useColumns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const text = useText();
  const formats = useFormats();
  return [
    {
      id: "name",
      title: text("field.name"),
      cell: ({ name, prefix }) => (
        <>
          <bdi className="block font-medium">{name}</bdi>
          <code className="block font-mono text-xs text-quiet">{prefix}…</code>
        </>
      ),
    },
    {
      id: "role",
      title: text("apiKeys.rights"),
      cell: ({ role, wages, entityIds }) => (
        <>
          {text(role === "admin" ? "apiKeys.admin" : wages ? "apiKeys.readerWages" : "apiKeys.reader")}
          <span className="block text-quiet">
            {entityIds === null
              ? text("admins.allEntities")
              : text("apiKeys.entityCount", { count: entityIds.length })}
          </span>
        </>
      ),
    },
    {
      id: "used",
      title: text("apiKeys.used"),
      cell: ({ lastUsedOn }) => (lastUsedOn === null ? text("apiKeys.never") : formats.date(lastUsedOn)),
    },
    {
      id: "expires",
      title: text("apiKeys.expires"),
      cell: ({ expiresOn }) => (expiresOn === null ? text("apiKeys.never") : formats.date(expiresOn)),
    },
    {
      id: "state",
      title: text("field.status"),
      cell: (key) =>
        key.revokedAt === null ? (
          <Button onPress={() => onRevoke(key)}>{text("apiKeys.revoke")}</Button>
        ) : (
          <Chip>{text("apiKeys.revoked")}</Chip>
        ),
    },
  ];
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { id, name } = apiKey;
  const revoke = useMutation({
    mutationFn: () => call("revokeApiKey", { params: { id } }),
    onSuccess: async () => {
      announce(text("apiKeys.isRevoked", { name }));
      onClose();
      await invalidate(queryClient, ["listApiKeys"]);
    },
  });
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={text("apiKeys.revoke.title", { name })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button look="danger" isPending={revoke.isPending} onPress={() => revoke.mutate()}>
            {text("apiKeys.revoke")}
          </Button>
        </>
      }
    >
      <p>{text("apiKeys.revoke.effect")}</p>
      {revoke.isError && <ProblemNotice error={revoke.error} />}
    </Dialog>
  );
}
