import type { Customer } from "@payflip/contract/customers.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

/** Makes Liantis available to a customer, or withdraws it after a confirmation. */
export function AvailabilityButton({ customer }: { readonly customer: Customer }) {
  const text = useText();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const change = useMutation({
    mutationFn: (change: "offerLiantis" | "withdrawLiantis") => call(change, { params: { id: customer.id } }),
    onSuccess: async (_answer, made) => {
      setAsking(false);
      announce(
        text(made === "offerLiantis" ? "customers.madeAvailable" : "customers.withdrawn", {
          name: customer.name,
        }),
      );
      await invalidate(queryClient, ["listCustomers", "listFleet"]);
    },
  });
  const hasUnconfirmed = customer.entities.some(
    (entity) => entity.vatNumber !== null && !entity.numberConfirmed,
  );
  return (
    <div className="mt-5 space-y-3">
      <div className="flex flex-wrap gap-2">
        {(!customer.liantisAvailable || hasUnconfirmed) && (
          <Button look="primary" isPending={change.isPending} onPress={() => change.mutate("offerLiantis")}>
            {text(customer.liantisAvailable ? "customers.confirmNumbers" : "customers.makeAvailable")}
          </Button>
        )}
        {customer.liantisAvailable && (
          <Button onPress={() => setAsking(true)}>{text("customers.withdraw")}</Button>
        )}
      </div>
      {!customer.liantisAvailable && <p className="text-quiet">{text("customers.makeAvailable.effect")}</p>}
      {change.isError && !isAsking && <ProblemNotice error={change.error} />}
      <Dialog
        role="alertdialog"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={text("customers.withdraw.title", { name: customer.name })}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{text("action.cancel")}</Button>
            <Button
              look="danger"
              isPending={change.isPending}
              onPress={() => change.mutate("withdrawLiantis")}
            >
              {text("customers.withdraw")}
            </Button>
          </>
        }
      >
        <p>{text("customers.withdraw.effect")}</p>
        {change.isError && <ProblemNotice error={change.error} />}
      </Dialog>
    </div>
  );
}
