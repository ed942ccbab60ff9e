/**
 * The limits by which the simulation judges. Each is stated here a second time, beside the engine's own constant: a limit that changes
 * in one place only breaks a law.
 */

/** Newly absent people that never hold a run. */
export const absentPeopleMax = 2;
/** Newly absent people, in percent of the linked people: more than this holds a run. */
export const absentPercentMax = 20;
/** With fewer linked people than this, all of them may be absent at once. */
export const allAbsentPeopleMin = 2;

/** A field is watched when at least this percentage of the same people had it filled before. */
export const filledPercentMin = 90;
/** A field emptied when at least this many people lost it, and more than `lostPercentMax` of them. */
export const lostPeopleMin = 3;
export const lostPercentMax = 20;

/** A wage that grows or shrinks by this factor or more is held. */
export const wageFactorMax = "1.5";
/** In percent. */
export const regimeMax = "110";
/** Employer's social security contribution, in percent. */
export const nssoMax = "60";
export const nssoMin = "0";

export const weeklyHoursMax = "168";
/** In percent: contracts that run at once may add up to this. */
export const fullTimeRegimeMax = "100";
/** A percentage above 0 and up to this may be a fraction. */
export const ambiguousFractionMax = "1";

/** Years in which a date is plausible. */
export const yearMin = 1900;
export const yearMax = 2100;

/** A monthly wage is hourly × weekly hours × 13 / 3. */
export const weeksInQuarter = 13n;
export const monthsInQuarter = 3n;
