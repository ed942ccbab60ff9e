export function CompanyDetailsPage() {
  return null;
}
