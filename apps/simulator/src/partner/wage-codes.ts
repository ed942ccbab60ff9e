/** The wage codes that Liantis defines for flexible benefits. */
export const WAGE_CODES = [
  code("7310", "bike_lease", "Fietslease", "Leasing vélo", "Bike lease"),
  code("7320", "smartphone", "Smartphone", "Smartphone", "Smartphone"),
  code("7330", "laptop", "Laptop", "Ordinateur portable", "Laptop"),
  code("7340", "pension_savings", "Pensioensparen", "Épargne-pension", "Pension savings"),
  code("7350", "mobility_budget", "Mobiliteitsbudget", "Budget mobilité", "Mobility budget"),
  code("7360", "bonus", "Bonus", "Bonus", "Bonus"),
  code("7370", "extra_holidays", "Extra vakantiedagen", "Jours de congé supplémentaires", "Extra holidays"),
];

function code(wageCode: string, benefit: string, nl: string, fr: string, en: string) {
  return { code: wageCode, benefit, description: { nl, fr, en } };
}
