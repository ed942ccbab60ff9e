import type { NewThresholds, ThresholdName, Thresholds } from "@payflip/contract/thresholds.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useIntl } from "react-intl";
import { call } from "../api/call.ts";
import { thresholdsQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { Loaded } from "../ui/Loaded.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { announce } from "../ui/Toasts.tsx";
import { fieldsOf, groups, ownOf, readNumber, type Typed } from "./safety-limits.ts";

/** The thresholds of the guards; closed at first, since few admins change them. */
export function SafetyChecks({ entityId }: { readonly entityId: string }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="card group p-5"
    >
      <summary className="flex cursor-pointer items-center gap-2 rounded-lg">
        <ChevronDown className="size-4 shrink-0 -rotate-90 text-quiet group-open:rotate-0" aria-hidden />
        <h2 className="text-base font-semibold">{text("checks.title")}</h2>
      </summary>
      <p className="mt-2 max-w-prose text-sm text-quiet">{text("checks.intro")}</p>
      {isOpen && <Limits entityId={entityId} />}
    </details>
  );
}

function Limits({ entityId }: { readonly entityId: string }) {
  const query = useQuery(thresholdsQuery(entityId));
  return (
    <Loaded query={query}>
      {(thresholds) => <LimitsForm entityId={entityId} thresholds={thresholds} />}
    </Loaded>
  );
}

interface LimitsFormProps {
  readonly entityId: string;
  readonly thresholds: Thresholds;
}

function LimitsForm({ entityId, thresholds }: LimitsFormProps) {
  const text = useText();
  const formats = useFormats();
  const intl = useIntl();
  const plain = (value: number) => intl.formatNumber(value, { useGrouping: false });
  const queryClient = useQueryClient();
  const { control, handleSubmit, reset } = useForm<Typed>({
    defaultValues: fieldsOf(thresholds, plain),
  });
  const save = useMutation({
    mutationFn: (own: NewThresholds) => call("changeThresholds", { params: { id: entityId }, body: own }),
    onSuccess: (saved) => {
      queryClient.setQueryData(thresholdsQuery(entityId).queryKey, saved);
      reset(fieldsOf(saved, plain));
      announce(text("checks.saved"));
    },
  });
  const submit = handleSubmit((typed) => save.mutate(ownOf(typed, thresholds)));
  const isInRange = (name: ThresholdName) => (typed: string) => {
    const { min, max, step } = thresholds[name];
    return (
      typed.trim() === "" ||
      readNumber(typed, { min, max, step }) !== undefined ||
      text(step === 1 ? "checks.range.whole" : "checks.range", {
        min: formats.number(min),
        max: formats.number(max),
      })
    );
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-5 space-y-6">
      {Object.entries(groups).map(([group, names]) => (
        <fieldset key={group} className="space-y-4">
          <legend className="font-medium">{text(`checks.group.${group as keyof typeof groups}`)}</legend>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            {names.map((name) => (
              <Controller
                key={name}
                name={name}
                control={control}
                rules={{ validate: isInRange(name) }}
                render={({ field: { ref, ...field }, fieldState }) => (
                  <TextInput
                    {...field}
                    inputRef={ref}
                    label={text(`checks.${name}`)}
                    hint={
                      <>
                        {text(`checks.${name}.why`)}{" "}
                        {text("checks.usual", { usual: formats.number(thresholds[name].usual) })}
                      </>
                    }
                    error={fieldState.error?.message}
                    inputMode="decimal"
                    autoComplete="off"
                  />
                )}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" isPending={save.isPending}>
          {text("action.save")}
        </Button>
        <Button isPending={save.isPending} onPress={() => save.mutate({})}>
          {text("checks.reset")}
        </Button>
      </div>
    </form>
  );
}
