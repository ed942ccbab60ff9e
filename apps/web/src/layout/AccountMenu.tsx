import type { Language } from "@payflip/contract/page.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronsUpDown, Check, CircleUser, LogOut } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { useSession } from "../access/session.ts";
import { call } from "../api/call.ts";
import { sessionQuery } from "../api/queries.ts";
import { showLanguage } from "../intl/IntlRoot.tsx";
import { isLanguage, languageNames, languages } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { classes } from "../ui/classes.ts";
import { chooseTheme, followSystemTheme, storedTheme, themes } from "./theme.ts";

/** Language, theme and sign-out of the account. */
export function AccountMenu({ isCompact = false }: { readonly isCompact?: boolean }) {
  const text = useText();
  const { account, customer } = useSession();
  const changeLanguage = useLanguageChange();
  const signOut = useSignOut();
  const [theme, setTheme] = useState(storedTheme);
  useEffect(followSystemTheme, []);
  const act = (key: unknown) => {
    const chosenTheme = themes.find((candidate) => `theme-${candidate}` === key);
    if (key === "sign-out") signOut.mutate();
    else if (isLanguage(key)) changeLanguage.mutate(key);
    else if (chosenTheme) {
      chooseTheme(chosenTheme);
      setTheme(chosenTheme);
    }
  };
  return (
    <MenuTrigger>
      <Button
        {...(isCompact ? { "aria-label": text("account.menu", { name: account.name }) } : {})}
        className={classes(
          "flex items-center gap-2.5 rounded-lg p-2 text-left text-sm hover:bg-sunken",
          !isCompact && "w-full",
        )}
      >
        <CircleUser className="size-5 shrink-0 text-quiet" aria-hidden />
        {!isCompact && (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{account.name}</span>
              <span className="block truncate text-xs text-quiet">{customer?.name ?? account.email}</span>
            </span>
            <ChevronsUpDown className="size-4 shrink-0 text-quiet" aria-hidden />
          </>
        )}
      </Button>
      <Popover className="w-64 max-w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-1 text-sm shadow-lg">
        <p className="truncate px-3 pt-2 pb-1 text-quiet">{account.email}</p>
        <Menu aria-label={text("account.title")} onAction={act} className="outline-none">
          <Choices title={text("account.language")}>
            {languages.map((language) => (
              <Choice key={language} id={language} isChosen={account.language === language} lang={language}>
                {languageNames[language]}
              </Choice>
            ))}
          </Choices>
          <Separator className="my-1 border-t border-line" />
          <Choices title={text("account.theme")}>
            {themes.map((candidate) => (
              <Choice key={candidate} id={`theme-${candidate}`} isChosen={candidate === theme}>
                {text(`account.theme.${candidate}`)}
              </Choice>
            ))}
          </Choices>
          <Separator className="my-1 border-t border-line" />
          <MenuItem id="sign-out" textValue={text("account.signOut")} className={itemClass}>
            <LogOut className="size-4 text-quiet" aria-hidden />
            {text("account.signOut")}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const itemClass =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-3 py-1.5 outline-none data-[focused]:bg-sunken";

function Choices({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <MenuSection>
      <Header className="px-3 pt-1.5 pb-0.5 text-xs font-medium text-quiet">{title}</Header>
      {children}
    </MenuSection>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly isChosen: boolean;
  readonly lang?: Language;
  readonly children: string;
}

function Choice({ id, isChosen, lang, children }: ChoiceProps) {
  const text = useText();
  const label = isChosen ? text("account.chosen", { name: children }) : children;
  return (
    <MenuItem
      id={id}
      textValue={children}
      aria-label={label}
      className={itemClass}
      {...(lang === undefined ? {} : { lang })}
    >
      <Check className={isChosen ? "size-4 text-accent-ink" : "invisible size-4"} aria-hidden />
      {children}
    </MenuItem>
  );
}

function useLanguageChange() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (language: Language) => call("changeSession", { body: { language } }),
    onSuccess: async (_answer, language) => {
      queryClient.setQueryData(sessionQuery.queryKey, (session) =>
        session ? { ...session, account: { ...session.account, language } } : session,
      );
      await showLanguage(language);
      // Causes, remedies and problems come from the server in the language of the request.
      await queryClient.invalidateQueries();
    },
  });
}

function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call("signOut", {}),
    onSuccess: () => queryClient.setQueryData(sessionQuery.queryKey, null),
  });
}
