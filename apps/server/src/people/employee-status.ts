import type { EmployeeStatus } from "@payflip/contract/employees.ts";

/** The status of an employee on a day. @param today calendar date in Europe/Brussels */
export function employeeStatus(
  employee: { deactivatedAt: string | null; startDate: string },
  today: string,
): EmployeeStatus {
  if (employee.deactivatedAt !== null) return "deactivated";
  return employee.startDate > today ? "upcoming" : "active";
}
