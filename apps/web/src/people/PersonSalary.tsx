export function PersonSalary() {
  return null;
}
