import { useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useText } from "../intl/messages.ts";
import { Toasts } from "../ui/Toasts.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { Brand } from "../ui/Brand.tsx";
import { ContactSupport } from "./ContactSupport.tsx";
import { Navigation } from "./Navigation.tsx";
import { OfflineBanner } from "./OfflineBanner.tsx";
import { PausedBanner } from "./PausedBanner.tsx";

/** The frame of every page behind sign-in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const text = useText();
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {text("layout.skip")}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-surface px-3 py-4 lg:flex">
        <Brand className="px-2 pb-5" />
        <Navigation />
        <div className="mt-auto">
          <ContactSupport />
          <AccountMenu />
        </div>
      </aside>
      <div className="min-w-0">
        <TopBar />
        <OfflineBanner />
        <PausedBanner />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-8">
          {children}
        </main>
      </div>
      <Toasts />
    </div>
  );
}

function TopBar() {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const pathname = useRouterState({ select: (state) => state.location.href });
  const [shownAt, setShownAt] = useState(pathname);
  if (shownAt !== pathname) {
    setShownAt(pathname);
    setOpen(false);
  }
  return (
    <header className="flex items-center justify-between gap-2 border-b border-line bg-surface px-3 py-2 lg:hidden">
      <Button
        aria-label={text("layout.openMenu")}
        onPress={() => setOpen(true)}
        className="rounded-lg p-2 hover:bg-sunken"
      >
        <MenuIcon className="size-5" aria-hidden />
      </Button>
      <Brand />
      <ContactSupport isCompact />
      <AccountMenu isCompact />
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-30 bg-black/50"
      >
        <Modal className="h-full w-72 max-w-[85vw] bg-surface">
          <Dialog aria-label={text("layout.menu")} className="h-full overflow-auto p-3 outline-none">
            <div className="mb-3 flex items-center justify-between">
              <Brand className="px-2" />
              <Button
                aria-label={text("action.close")}
                onPress={() => setOpen(false)}
                className="rounded-lg p-2 hover:bg-sunken"
              >
                <X className="size-5" aria-hidden />
              </Button>
            </div>
            <Navigation />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </header>
  );
}
