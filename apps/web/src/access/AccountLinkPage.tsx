import type { AccountLink } from "@payflip/contract/accounts/account-links.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { call } from "../api/call.ts";
import { endpointQuery } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { FormText } from "../ui/fields/FormText.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { SignInFrame } from "./SignInFrame.tsx";

/** What an account link opens: choose a password, or confirm an address. */
export function AccountLinkPage() {
  const text = useText();
  const { token } = useParams({ from: paths.accountLink });
  const link = useQuery({ ...endpointQuery("readAccountLink", { params: { token } }), retry: false });
  const follow = useMutation({
    mutationFn: (body: { password?: string }) => call("followAccountLink", { params: { token }, body }),
  });
  const purpose = link.data?.purpose ?? "reset";
  const isDone = follow.isSuccess;
  return (
    <SignInFrame title={text(`accountLink.${purpose}.title`)}>
      {isDone && (
        <output className="mt-4 block">
          <Notice tone="success" title={text(`accountLink.${purpose}.done`)}>
            <p>{text("accountLink.done.next", { email: follow.data.email })}</p>
          </Notice>
        </output>
      )}
      {!isDone && link.isPending && <SkeletonBlock label={text("state.loading")} lines={4} />}
      {!isDone && link.isError && <ProblemNotice className="mt-4" error={link.error} />}
      {!isDone && link.data && (
        <div className="mt-4 space-y-4">
          <p className="text-sm">{text(`accountLink.${purpose}.what`, { email: link.data.email })}</p>
          {purpose === "confirm_address" ? (
            <Button
              look="primary"
              className="w-full"
              isPending={follow.isPending}
              onPress={() => follow.mutate({})}
            >
              {text("accountLink.confirm_address.submit")}
            </Button>
          ) : (
            <PasswordForm
              link={link.data}
              isPending={follow.isPending}
              onSubmit={(password) => follow.mutate({ password })}
            />
          )}
          {follow.isError && <ProblemNotice error={follow.error} />}
        </div>
      )}
      {(isDone || link.isError) && (
        <div className="mt-4 space-y-3 text-center text-sm">
          <ButtonLink to={paths.signIn} look="primary" className="w-full">
            {text("accountLink.signIn")}
          </ButtonLink>
          {link.isError && (
            <Link to={paths.forgotPassword} className="link">
              {text("signIn.forgot")}
            </Link>
          )}
        </div>
      )}
    </SignInFrame>
  );
}

interface PasswordFormProps {
  readonly link: AccountLink;
  readonly isPending: boolean;
  readonly onSubmit: (password: string) => void;
}

/** The address stays in the form, so that a password manager stores it with the password. */
function PasswordForm({ link, isPending, onSubmit }: PasswordFormProps) {
  const text = useText();
  const { control, handleSubmit } = useForm({ defaultValues: { password: "" } });
  const submit = handleSubmit(({ password }) => onSubmit(password));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
      <FormText
        control={control}
        name="password"
        label={text("accountLink.password")}
        hint={text("accountLink.password.hint")}
        type="password"
        autoComplete="new-password"
        required={text("signIn.passwordRequired")}
      />
      <Button type="submit" look="primary" isPending={isPending} className="w-full">
        {text("accountLink.submit")}
      </Button>
    </form>
  );
}
