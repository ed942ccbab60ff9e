import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly role?: "dialog" | "alertdialog";
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** A modal dialog. The title names the object and the effect. */
export function Dialog({ title, isOpen, onClose, role = "dialog", children, actions }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-end justify-center bg-black/50 p-4 sm:items-center"
    >
      <Modal className="w-full max-w-lg">
        <AriaDialog role={role} className="card max-h-[85dvh] overflow-auto p-6 shadow-xl outline-none">
          <Heading slot="title" className="text-lg font-semibold">
            {title}
          </Heading>
          <div className="mt-3 space-y-4">{children}</div>
          <div className="mt-6 flex flex-wrap justify-end gap-2">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
