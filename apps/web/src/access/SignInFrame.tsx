import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { sessionOptionsQuery } from "../api/queries.ts";
import { IntlChoice } from "../intl/IntlChoice.tsx";
import { useText } from "../intl/messages.ts";
import { Brand } from "../ui/Brand.tsx";
import { usePageTitle } from "../ui/Page.tsx";

/** A page before sign-in: one card with a title, the address of support and the choice of language. */
export function SignInFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const text = useText();
  const { data: options } = useQuery(sessionOptionsQuery);
  const heading = usePageTitle(title);
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-20">
      <main className="w-full max-w-sm">
        <Brand className="mb-8 text-xl" />
        <div className="card p-6">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight">
            {title}
          </h1>
          {children}
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
