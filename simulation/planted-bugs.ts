export const plantedBugs: PlantedBug[] = [];
export interface PlantedBug { name: string; file: string; text: string; instead: string }
