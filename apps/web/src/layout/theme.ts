export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const storageKey = "theme";
const prefersDark = "(prefers-color-scheme: dark)";

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

/** Applies and stores the theme; `theme.js` reads it before the first paint of the next visit. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
  showTheme(theme);
}

/** Follows the system while no theme is chosen. Returns a function that stops it. */
export function followSystemTheme(): () => void {
  const media = matchMedia(prefersDark);
  const follow = () => showTheme(storedTheme());
  media.addEventListener("change", follow);
  return () => media.removeEventListener("change", follow);
}

function showTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && matchMedia(prefersDark).matches);
  document.documentElement.classList.toggle("dark", dark);
}
