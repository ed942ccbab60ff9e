/**
 * The address of a mail to support that names the page and no person: the query is left out, since it may hold a name that
 * was searched for.
 *
 * @param entityId null where the page is about no entity
 */
export function supportMail(
  email: string,
  { pathname, entityId }: { pathname: string; entityId: string | null },
): string {
  const subject = ["Payflip", pathname, ...(entityId === null ? [] : [entityId])].join(" · ");
  return `mailto:${email}?subject=${encodeURIComponent(subject)}`;
}
