/** An e-mail address that may break before its @ when the room is short. */
export function Email({ address }: { readonly address: string }) {
  const at = address.lastIndexOf("@");
  return (
    <span className="max-sm:wrap-anywhere">
      {address.slice(0, Math.max(at, 0))}
      <wbr />
      {address.slice(Math.max(at, 0))}
    </span>
  );
}
