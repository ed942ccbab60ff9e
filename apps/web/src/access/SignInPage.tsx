import type { Credentials } from "@payflip/contract/session.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { addressOfCall, call } from "../api/call.ts";
import { sessionOptionsQuery, sessionQuery } from "../api/queries.ts";
import { IntlChoice } from "../intl/IntlChoice.tsx";
import { useText } from "../intl/messages.ts";
import { Brand } from "../ui/Brand.tsx";
import { paths, safeReturnPath } from "../paths.ts";
import { Button, ButtonAnchor } from "../ui/Button.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { Notice } from "../ui/Notice.tsx";
import { usePageTitle } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

export function SignInPage() {
  const text = useText();
  const { returnTo, error } = useSearch({ from: paths.signIn });
  const { data: options } = useQuery(sessionOptionsQuery);
  const heading = usePageTitle(text("signIn.title"));
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-20">
      <main className="w-full max-w-sm">
        <Brand className="mb-8 text-xl" />
        <div className="card p-6">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight">
            {text("signIn.title")}
          </h1>
          {error !== undefined && (
            <Notice tone="danger" role="alert" className="mt-4" title={text("signIn.oidc.failed")}>
              <p>{text("signIn.oidc.failed.remedy")}</p>
            </Notice>
          )}
          <PasswordForm returnTo={returnTo} />
          {options?.oidcSignIn && (
            <>
              <p className="my-4 flex items-center gap-3 text-sm text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                {text("signIn.or")}
              </p>
              <ButtonAnchor
                href={addressOfCall("startOidcSignIn", { query: { returnTo: safeReturnPath(returnTo) } })}
                className="w-full"
              >
                {text("signIn.oidc")}
              </ButtonAnchor>
            </>
          )}
        </div>
        <div className="mt-6 space-y-4 text-center text-sm text-quiet">
          <p className="min-h-6">
            {options?.supportEmail && (
              <>
                {text("signIn.support")}{" "}
                <a className="link" href={`mailto:${options.supportEmail}`}>
                  {options.supportEmail}
                </a>
              </>
            )}
          </p>
          <IntlChoice />
        </div>
      </main>
    </div>
  );
}

function PasswordForm({ returnTo }: { readonly returnTo: string | undefined }) {
  const text = useText();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { control, handleSubmit } = useForm<Credentials>({ defaultValues: { email: "", password: "" } });
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => call("signIn", { body: credentials }),
    onSuccess: async (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      await router.navigate({ href: safeReturnPath(returnTo), replace: true });
    },
  });
  const submit = handleSubmit((credentials) => signIn.mutate(credentials));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-5 space-y-4">
      <FormText
        control={control}
        name="email"
        label={text("field.email")}
        type="email"
        autoComplete="username"
        required={text("signIn.emailRequired")}
      />
      <FormText
        control={control}
        name="password"
        label={text("field.password")}
        type="password"
        autoComplete="current-password"
        required={text("signIn.passwordRequired")}
      />
      {signIn.isError && <ProblemNotice error={signIn.error} />}
      <Button type="submit" look="primary" isPending={signIn.isPending} className="w-full">
        {text("signIn.submit")}
      </Button>
    </form>
  );
}
