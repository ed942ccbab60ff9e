/**
 * A mail to support that says where somebody was, and nothing about anybody: not what stands after the `?`, which may be a name
 * that was searched for.
 * @param entityId null where the page is about no entity
 */
export function supportMail(
  email: string,
  { pathname, entityId }: { pathname: string; entityId: string | null },
): string {
  const subject = ["Payflip", pathname, ...(entityId === null ? [] : [entityId])].join(" · ");
  return `mailto:${email}?subject=${encodeURIComponent(subject)}`;
}
