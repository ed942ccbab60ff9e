import type { CustomerAdmin } from "@payflip/contract/accounts/admins.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { everyPageQuery } from "../api/every-page.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { EmptyState, Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { AdminDialog, type EntityOption } from "./AdminDialog.tsx";

interface AdminsSectionProps {
  readonly customerId: string;
  readonly entities: readonly EntityOption[];
}

const tones: Readonly<Record<CustomerAdmin["invitation"]["status"], Tone>> = {
  accepted: "success",
  invited: "info",
  expired: "warning",
  not_invited: "neutral",
};

/** The admins of a customer: add, limit to entities, invite again, remove. */
export function AdminsSection({ customerId, entities }: AdminsSectionProps) {
  const text = useText();
  const query = useQuery(everyPageQuery("listAdmins", { params: { id: customerId } }));
  const [edited, setEdited] = useState<CustomerAdmin | "new" | null>(null);
  const [removed, setRemoved] = useState<CustomerAdmin | null>(null);
  const invite = useInvitation(customerId);
  const columns = useColumns(entities, (admin) => (
    <span className="flex flex-wrap gap-2">
      <Button onPress={() => setEdited(admin)}>{text("admins.change")}</Button>
      {admin.invitation.status !== "accepted" && (
        <Button isPending={invite.isPending} onPress={() => invite.mutate(admin)}>
          {text("admins.inviteAgain")}
        </Button>
      )}
      <Button look="quiet" onPress={() => setRemoved(admin)}>
        {text("admins.remove")}
      </Button>
    </span>
  ));
  return (
    <Section id="admins" title={text("admins.title")} description={text("admins.description")}>
      <div className="space-y-4">
        {invite.isError && <ProblemNotice error={invite.error} />}
        <LoadedList query={query} empty={<EmptyState title={text("admins.none")} />}>
          {(admins) => (
            <DataTable
              label={text("admins.title")}
              columns={columns}
              rows={admins}
              rowKey={({ accountId }) => accountId}
            />
          )}
        </LoadedList>
        <Button look="primary" onPress={() => setEdited("new")}>
          <Plus className="size-4" aria-hidden />
          {text("admins.add")}
        </Button>
      </div>
      {edited !== null && (
        <AdminDialog
          customerId={customerId}
          entities={entities}
          admin={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
      {removed !== null && (
        <RemoveDialog customerId={customerId} admin={removed} onClose={() => setRemoved(null)} />
      )}
    </Section>
  );
}

function useColumns(
  entities: readonly EntityOption[],
  actions: (admin: CustomerAdmin) => React.ReactNode,
): Column<CustomerAdmin>[] {
  const text = useText();
  const nameOf = (id: string) => entities.find((entity) => entity.id === id)?.name ?? id;
  return [
    {
      id: "name",
      title: text("field.name"),
      cell: ({ name, email }) => (
        <>
          <bdi className="block font-medium">{name}</bdi>
          <span className="block text-quiet">{email}</span>
        </>
      ),
    },
    {
      id: "entities",
      title: text("admins.entities"),
      cell: ({ entityIds }) =>
        entityIds === null ? text("admins.allEntities") : entityIds.map(nameOf).join(", "),
    },
    {
      id: "status",
      title: text("field.status"),
      cell: ({ invitation: { status } }) => (
        <Chip tone={tones[status]}>{text(`admins.status.${status}`)}</Chip>
      ),
    },
    { id: "actions", title: text("admins.actions"), wide: true, cell: actions },
  ];
}

function useInvitation(customerId: string) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ accountId }: CustomerAdmin) =>
      call("inviteAdmin", { params: { id: customerId, accountId } }),
    onSuccess: async ({ email }) => {
      announce(text("admins.invited", { email }));
      await invalidate(queryClient, ["listAdmins"]);
    },
  });
}

interface RemoveDialogProps {
  readonly customerId: string;
  readonly admin: CustomerAdmin;
  readonly onClose: () => void;
}

function RemoveDialog({ customerId, admin, onClose }: RemoveDialogProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const { accountId, name } = admin;
  const remove = useMutation({
    mutationFn: () => call("removeAdmin", { params: { id: customerId, accountId } }),
    onSuccess: async () => {
      announce(text("admins.removed", { name }));
      onClose();
      await invalidate(queryClient, ["listAdmins", "readSession"]);
    },
  });
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={text("admins.remove.title", { name })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate()}>
            {text("admins.remove")}
          </Button>
        </>
      }
    >
      <p>{text("admins.remove.effect")}</p>
      {remove.isError && <ProblemNotice error={remove.error} />}
    </Dialog>
  );
}
