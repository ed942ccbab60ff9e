import type { Credentials } from "@payflip/contract/session.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { addressOfCall, call } from "../api/call.ts";
import { sessionOptionsQuery, sessionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths, safeReturnPath } from "../paths.ts";
import { Button, ButtonAnchor } from "../ui/Button.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SignInFrame } from "./SignInFrame.tsx";

export function SignInPage() {
  const text = useText();
  const { returnTo, error } = useSearch({ from: paths.signIn });
  const { data: options } = useQuery(sessionOptionsQuery);
  const hasPasswords = options?.passwordSignIn !== false;
  return (
    <SignInFrame title={text("signIn.title")}>
      {error !== undefined && (
        <Notice tone="danger" role="alert" className="mt-4" title={text("signIn.oidc.failed")}>
          <p>{text("signIn.oidc.failed.remedy")}</p>
        </Notice>
      )}
      {hasPasswords ? (
        <PasswordForm returnTo={returnTo} />
      ) : (
        <Notice className="mt-4" title={text("signIn.noAccounts")}>
          <p>{text("signIn.noAccounts.remedy")}</p>
        </Notice>
      )}
      {options?.oidcSignIn && (
        <>
          {hasPasswords && (
            <p className="my-4 flex items-center gap-3 text-sm text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              {text("signIn.or")}
            </p>
          )}
          <ButtonAnchor
            href={addressOfCall("startOidcSignIn", { query: { returnTo: safeReturnPath(returnTo) } })}
            className="mt-4 w-full"
          >
            {text("signIn.oidc")}
          </ButtonAnchor>
        </>
      )}
    </SignInFrame>
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
      <p className="text-center text-sm">
        <Link to={paths.forgotPassword} className="link">
          {text("signIn.forgot")}
        </Link>
      </p>
    </form>
  );
}
