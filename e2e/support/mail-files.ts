import { mkdir, readdir, readFile, watch } from "node:fs/promises";
import path from "node:path";

/** The decoded text of the newest mail to an address; waits until one is written. Any address when none is named. */
export async function nextMail(directory: string, recipient = ""): Promise<string> {
  await mkdir(directory, { recursive: true });
  const changes = watch(directory, { signal: AbortSignal.timeout(20_000) });
  for (;;) {
    const found = (await readMails(directory)).findLast((mail) => isTo(mail, recipient));
    if (found !== undefined) return found;
    await changes[Symbol.asyncIterator]().next();
  }
}

function isTo(mail: string, recipient: string): boolean {
  return mail.split(/\r?\n/).some((line) => line.startsWith("To:") && line.includes(recipient));
}

/** In the order in which they were queued: the names begin with the time. */
async function readMails(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".eml")).toSorted();
  return await Promise.all(
    files.map(async (name) => decodeQuotedPrintable(await readFile(path.join(directory, name), "utf8"))),
  );
}

/** Decodes the soft line breaks and hexadecimal characters of quoted-printable. */
function decodeQuotedPrintable(mail: string): string {
  return mail
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
