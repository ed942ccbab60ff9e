import type { Entity } from "@payflip/contract/entities.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useEntity } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { entityQuery } from "../api/queries.ts";
import { EntitySwitcher } from "../access/EntitySwitcher.tsx";
import { useText } from "../intl/messages.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { Button } from "../ui/Button.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { Breadcrumb, PageHeader, Section } from "../ui/Page.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { announce } from "../ui/Toasts.tsx";
import { groupedVatNumber, vatHint } from "./enterprise-number.ts";

export function CompanyDetailsPage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/company" });
  const chosen = useEntity(asked);
  const {
    data: entity,
    error,
    refetch,
  } = useQuery({ ...entityQuery(chosen?.id ?? ""), enabled: chosen !== undefined });
  if (chosen === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHeader
        title={text("company.title")}
        breadcrumb={<Breadcrumb>{[text("settings.title"), text("company.title")]}</Breadcrumb>}
        description={text("company.description")}
        actions={<EntitySwitcher entityId={chosen.id} />}
      />
      {error && !entity && <LoadProblem query={{ error, refetch }} />}
      {!entity && !error && <SkeletonBlock label={text("state.loading")} />}
      {entity && <CompanyForm key={entity.id} entity={entity} />}
    </>
  );
}

interface CompanyFields {
  readonly name: string;
  readonly vatNumber: string;
  readonly emailDomain: string;
}

function fieldsOf(entity: Entity): CompanyFields {
  return {
    name: entity.name,
    vatNumber: entity.vatNumber === null ? "" : groupedVatNumber(entity.vatNumber),
    emailDomain: entity.emailDomain ?? "",
  };
}

function CompanyForm({ entity }: { readonly entity: Entity }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { control, handleSubmit, reset, setValue } = useForm<CompanyFields>({
    defaultValues: fieldsOf(entity),
  });
  const [hint, setHint] = useState(() => vatHint(entity.vatNumber ?? ""));
  const save = useMutation({
    mutationFn: ({ name, vatNumber, emailDomain }: CompanyFields) =>
      call("changeEntity", {
        params: { id: entity.id },
        body: {
          name: name.trim(),
          vatNumber: vatNumber.trim() || null,
          emailDomain: emailDomain.trim() || null,
        },
      }),
    onSuccess: async (saved) => {
      reset(fieldsOf(saved));
      announce(text("company.saved"));
      await Promise.all([
        invalidate(queryClient, ["listEntities", "readEntity", "readSession"]),
        invalidate(queryClient, "readConnection", { id: entity.id }),
      ]);
    },
  });
  const submit = handleSubmit((fields) => save.mutate(fields));
  const leaveVat = (value: string) => {
    setValue("vatNumber", groupedVatNumber(value), { shouldDirty: true });
    setHint(vatHint(value));
  };
  return (
    <Section id="company-form" title={entity.name}>
      <form onSubmit={(event) => void submit(event)} noValidate className="max-w-lg space-y-5">
        <FormText
          control={control}
          name="name"
          label={text("field.name")}
          required={text("company.nameRequired")}
        />
        <Controller
          name="vatNumber"
          control={control}
          render={({ field: { ref, onBlur, ...field } }) => (
            <TextInput
              {...field}
              inputRef={ref}
              label={text("field.vatNumber")}
              autoComplete="off"
              onBlur={() => {
                onBlur();
                leaveVat(field.value);
              }}
              hint={
                <>
                  {text("company.vat.why")}
                  {hint !== "none" && (
                    <span className="mt-1 block text-warning-ink">{text(`company.vat.hint.${hint}`)}</span>
                  )}
                </>
              }
            />
          )}
        />
        <FormText
          control={control}
          name="emailDomain"
          label={text("company.emailDomain")}
          hint={text("company.emailDomain.why")}
          autoComplete="off"
        />
        {save.isError && <ProblemNotice error={save.error} />}
        <Button type="submit" look="primary" isPending={save.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </Section>
  );
}
