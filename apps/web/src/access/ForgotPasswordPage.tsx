import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { call } from "../api/call.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SignInFrame } from "./SignInFrame.tsx";

/** Asks for a link by mail. The answer is the same for an address that has no account. */
export function ForgotPasswordPage() {
  const text = useText();
  const { control, handleSubmit } = useForm({ defaultValues: { email: "" } });
  const ask = useMutation({
    mutationFn: (body: { email: string }) => call("requestPasswordReset", { body }),
  });
  const submit = handleSubmit((fields) => ask.mutate(fields));
  return (
    <SignInFrame title={text("forgot.title")}>
      {ask.isSuccess ? (
        <output className="mt-4 block">
          <Notice tone="success" title={text("forgot.sent")}>
            <p>{text("forgot.sent.what")}</p>
          </Notice>
        </output>
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="mt-5 space-y-4">
          <p className="text-sm text-quiet">{text("forgot.what")}</p>
          <FormText
            control={control}
            name="email"
            label={text("field.email")}
            type="email"
            autoComplete="username"
            required={text("signIn.emailRequired")}
          />
          {ask.isError && <ProblemNotice error={ask.error} />}
          <Button type="submit" look="primary" isPending={ask.isPending} className="w-full">
            {text("forgot.submit")}
          </Button>
        </form>
      )}
      <p className="mt-4 text-center text-sm">
        <Link to={paths.signIn} className="link">
          {text("forgot.back")}
        </Link>
      </p>
    </SignInFrame>
  );
}
