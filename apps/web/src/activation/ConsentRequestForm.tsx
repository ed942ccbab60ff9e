import type { NewConsentRequest } from "@payflip/contract/activation.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useSession } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { FormLanguage } from "../ui/fields/FormLanguage.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

interface ConsentRequestFormProps {
  readonly entityId: string;
  readonly onSent: () => void;
}

/** Sends the main user a link to the consent step alone. */
export function ConsentRequestForm({ entityId, onSent }: ConsentRequestFormProps) {
  const text = useText();
  const { account } = useSession();
  const queryClient = useQueryClient();
  const { control, handleSubmit } = useForm<NewConsentRequest>({
    defaultValues: { email: "", language: account.language },
  });
  const send = useMutation({
    mutationFn: (asked: NewConsentRequest) =>
      call("requestConsent", { params: { id: entityId }, body: asked }),
    onSuccess: async () => {
      await invalidate(queryClient, "readConnection", { id: entityId });
      onSent();
    },
  });
  const submit = handleSubmit((asked) => send.mutate({ ...asked, email: asked.email.trim() }));
  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      className="mt-5 space-y-4 border-t border-line pt-5"
    >
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <FormText
          control={control}
          name="email"
          label={text("consentRequest.email")}
          type="email"
          required={text("consentRequest.emailRequired")}
          pattern={{
            value: /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/,
            message: text("consentRequest.emailInvalid"),
          }}
        />
        <FormLanguage control={control} name="language" />
      </div>
      {send.isError && <ProblemNotice error={send.error} />}
      <Button type="submit" look="primary" isPending={send.isPending}>
        {text("consentRequest.send")}
      </Button>
    </form>
  );
}
