import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { RenderedMail } from "./render-mail.ts";

export interface Mailer {
  /** Where mails go, for the log at the start. */
  readonly description: string;
  /** @param message.id becomes part of the Message-ID, so that a mail that is sent twice is recognised as one */
  send(message: RenderedMail & { id: string; recipient: string }): Promise<void>;
}

export interface MailerSettings {
  /** smtp:// or smtps://; null: mails are written as .eml files. */
  smtpUrl: string | null;
  dataDir: string;
  senderAddress: string;
  logger: Pick<Logger, "info">;
}

/** Sends mails by SMTP, or writes them as .eml files below the data directory when no server is set. */
export function createMailer(settings: MailerSettings): Mailer {
  const mailer = settings.smtpUrl === null ? toFiles(settings) : bySmtp(settings, settings.smtpUrl);
  settings.logger.info({ mails: mailer.description }, "where mails go");
  return mailer;
}

function bySmtp({ senderAddress }: MailerSettings, smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    description: `by SMTP through ${new URL(smtpUrl).hostname}`,
    send: async (message) => {
      await transport.sendMail(envelopeOf(message, senderAddress));
    },
  };
}

function toFiles({ dataDir, senderAddress }: MailerSettings): Mailer {
  const directory = path.join(dataDir, "mails");
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return {
    description: `written as files to ${directory} (SMTP_URL is not set)`,
    send: async (message) => {
      const { message: eml } = await composer.sendMail(envelopeOf(message, senderAddress));
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // Renamed when complete, so that a reader of the directory never sees half a mail. A repeated delivery is the same file.
      const target = path.join(directory, `${message.id}.eml`);
      await writeFile(`${target}.part`, eml, { mode: 0o600 });
      await rename(`${target}.part`, target);
    },
  };
}

function envelopeOf(
  { id, recipient, subject, text, html }: RenderedMail & { id: string; recipient: string },
  senderAddress: string,
) {
  const domain = senderAddress.split("@").at(-1) ?? "localhost";
  return {
    from: { name: "Payflip", address: senderAddress },
    to: { name: "", address: recipient },
    subject,
    text,
    html,
    messageId: `<${id}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
