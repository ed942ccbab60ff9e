import type { Language } from "@payflip/contract/page.ts";
import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useIsAdmin } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { languageNames, languages } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { LockedField } from "./LockedField.tsx";

interface LanguageFieldProps {
  readonly employee: EmployeeDetail;
  readonly hint: string | undefined;
}

/** The only field that is never locked: Liantis sets it at the first sync, later the choice made here is kept. */
export function LanguageField({ employee, hint }: LanguageFieldProps) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (language: Language) =>
      call("changeEmployee", { params: { id: employee.id }, body: { language } }),
    onSuccess: async () => {
      announce(text("person.saved"));
      await invalidate(queryClient, "readEmployee", { id: employee.id });
    },
  });
  if (!isAdmin) {
    const shown = languageNames[employee.language];
    return <LockedField label={text("account.language")} value={shown} lock={undefined} provenance={hint} />;
  }
  return (
    <div className="space-y-2">
      <SelectInput
        label={text("account.language")}
        value={change.isPending ? change.variables : employee.language}
        onChange={(language) => change.mutate(language)}
        options={languages.map((language) => ({
          value: language,
          label: languageNames[language],
          lang: language,
        }))}
        hint={
          <>
            {hint && <span className="block">{hint}</span>}
            {employee.linked && text("person.language.who")}
          </>
        }
      />
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}
