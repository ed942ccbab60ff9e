import type { EmployeeChange, EmployeeDetail } from "@payflip/contract/employees.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { employeeQuery } from "../api/queries.ts";
import { Facts } from "../ui/Facts.tsx";
import { useText } from "../intl/messages.ts";
import { ExternalAnchor } from "../ui/WhereLink.tsx";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { LanguageField } from "./LanguageField.tsx";
import { LockedField } from "./LockedField.tsx";
import { useProvenance } from "./useProvenance.ts";

const fields = ["firstName", "lastName", "email", "startDate", "employeeNumber"] as const;
type Field = (typeof fields)[number];

export function PersonDetails() {
  const { employeeId } = useParams({ from: "/account/users/$employeeId" });
  const { data: employee } = useQuery(employeeQuery(employeeId));
  if (employee === undefined) return null;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Fields key={employee.id} employee={employee} />
      <Summary employee={employee} />
    </div>
  );
}

function Fields({ employee }: { readonly employee: EmployeeDetail }) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const provenance = useProvenance(employee);
  const [drafts, setDrafts] = useState<Partial<Record<Field, string>>>({});
  const save = useEmployeeChange(employee.id);
  const isLocked = (field: Field) => employee.locks[field] !== undefined || !isAdmin;
  const changed = fields.filter(
    (field) => drafts[field] !== undefined && drafts[field] !== (employee[field] ?? ""),
  );
  const submit = () =>
    save.mutate(Object.fromEntries(changed.map((field) => [field, drafts[field]?.trim()])), {
      onSuccess: () => setDrafts({}),
    });
  const shown = (field: Field) => {
    const value = employee[field];
    if (value === null) return "";
    return field === "startDate" ? formats.date(value) : value;
  };
  return (
    <Section id="fields" title={text("person.details")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="space-y-5"
      >
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          {fields.map((field) =>
            isLocked(field) ? (
              <LockedField
                key={field}
                label={text(`person.field.${field}`)}
                value={shown(field)}
                lock={employee.locks[field]}
                provenance={provenance(field)}
              />
            ) : (
              <TextInput
                key={field}
                label={text(`person.field.${field}`)}
                value={drafts[field] ?? employee[field] ?? ""}
                onChange={(value) => setDrafts({ ...drafts, [field]: value })}
                type={field === "email" ? "email" : field === "startDate" ? "date" : "text"}
                hint={provenance(field)}
              />
            ),
          )}
          <LanguageField employee={employee} hint={provenance("language")} />
        </div>
        {save.isError && <ProblemNotice error={save.error} />}
        {changed.length > 0 && (
          <Button type="submit" look="primary" isPending={save.isPending}>
            {text("action.save")}
          </Button>
        )}
      </form>
    </Section>
  );
}

function Summary({ employee }: { readonly employee: EmployeeDetail }) {
  const text = useText();
  const formats = useFormats();
  const none = text("field.none");
  return (
    <Section id="summary" title="Liantis">
      <Facts
        facts={[
          {
            label: text("field.liantis"),
            value: text(employee.linked ? "employee.linked" : "employee.notLinked"),
          },
          { label: text("person.workerId"), value: employee.workerId ?? none },
          {
            label: text("field.invitation"),
            value: text(employee.invited ? "invitation.sent" : "invitation.none"),
          },
          { label: text("person.endDate"), value: employee.endDate ? formats.date(employee.endDate) : none },
        ]}
      />
      {employee.liantisLink && (
        <p className="mt-4 text-sm">
          <ExternalAnchor href={employee.liantisLink}>{text("person.openInLiantis")}</ExternalAnchor>
        </p>
      )}
    </Section>
  );
}

function useEmployeeChange(employeeId: string) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: EmployeeChange) =>
      call("changeEmployee", { params: { id: employeeId }, body: change }),
    onSuccess: async () => {
      announce(text("person.saved"));
      await Promise.all([
        invalidate(queryClient, "readEmployee", { id: employeeId }),
        invalidate(queryClient, "listEmployees"),
      ]);
    },
  });
}
