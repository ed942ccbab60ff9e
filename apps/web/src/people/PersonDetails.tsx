export function PersonDetails() {
  return null;
}
