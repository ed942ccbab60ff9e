import type { TenantTransaction } from "../postgres/transaction.ts";

export interface SealedVerifier {
  stateId: string;
  sealed: string;
}

/** The sealed PKCE verifiers of the transaction's customer, locked until the transaction ends. */
export async function lockSealedVerifiers(trx: TenantTransaction): Promise<SealedVerifier[]> {
  return await trx
    .selectFrom("consent_states")
    .select(["state_id as stateId", "code_verifier_sealed as sealed"])
    .forUpdate()
    .execute();
}

export async function updateSealedVerifier(
  trx: TenantTransaction,
  customerId: string,
  { stateId, sealed }: SealedVerifier,
): Promise<void> {
  await trx
    .updateTable("consent_states")
    .set({ code_verifier_sealed: sealed })
    .where("customer_id", "=", customerId)
    .where("state_id", "=", stateId)
    .execute();
}

export interface UnsentMail {
  mailId: string;
  params: Record<string, string>;
}

/** The mails of the transaction's customer that are not sent yet, locked until the transaction ends. */
export async function lockUnsentMails(trx: TenantTransaction): Promise<UnsentMail[]> {
  return await trx
    .selectFrom("mails")
    .select(["mail_id as mailId", "params"])
    .where("sent_at", "is", null)
    .forUpdate()
    .execute();
}

export async function updateMailParams(
  trx: TenantTransaction,
  customerId: string,
  { mailId, params }: UnsentMail,
): Promise<void> {
  await trx
    .updateTable("mails")
    .set({ params: JSON.stringify(params) })
    .where("customer_id", "=", customerId)
    .where("mail_id", "=", mailId)
    .execute();
}
