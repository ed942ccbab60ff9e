import type { ProblemEntry } from "./problem-entry.ts";
import { toSupport } from "./text-phrases.ts";

/** Refusals that any part of the API can give. */
export const requestProblems = {
  INTERNAL: {
    status: 500,
    title: { nl: "Interne fout", fr: "Erreur interne", en: "Internal error" },
    detail: {
      nl: "Er ging bij ons iets mis. Wat je vroeg, is niet uitgevoerd.",
      fr: "Un problème est survenu chez nous. Votre demande n'a pas été exécutée.",
      en: "Something went wrong on our side. What you asked for was not done.",
    },
    remedy: {
      nl: `Probeer het opnieuw. Blijft het mislukken? ${toSupport.nl} en vermeld de referentie.`,
      fr: `Réessayez. Cela échoue encore ? ${toSupport.fr} et mentionnez la référence.`,
      en: `Try again. Does it keep failing? ${toSupport.en} and mention the reference.`,
    },
  },
  PREVIEW_OUTDATED: {
    status: 409,
    title: { nl: "Voorbeeld verouderd", fr: "Aperçu dépassé", en: "Preview outdated" },
    detail: {
      nl: "Sinds dit voorbeeld zijn de gegevens bij Liantis of in Payflip gewijzigd. Er is niets toegepast.",
      fr: "Depuis cet aperçu, les données chez Liantis ou dans Payflip ont changé. Rien n'a été appliqué.",
      en: "Since this preview, data at Liantis or in Payflip has changed. Nothing was applied.",
    },
    remedy: {
      nl: "Bekijk het verschil in het nieuwe voorbeeld en bevestig opnieuw.",
      fr: "Examinez la différence dans le nouvel aperçu et confirmez à nouveau.",
      en: "Look at the difference in the new preview and confirm again.",
    },
  },
  FIELD_LOCKED: {
    status: 409,
    title: { nl: "Beheerd in Liantis", fr: "Géré dans Liantis", en: "Managed in Liantis" },
    detail: {
      nl: "Dit gegeven komt uit Liantis en kan je niet in Payflip wijzigen: {field}. Er is niets bewaard.",
      fr: "Cette donnée vient de Liantis et ne peut pas être modifiée dans Payflip : {field}. Rien n'a été enregistré.",
      en: "This comes from Liantis and cannot be changed in Payflip: {field}. Nothing was saved.",
    },
    remedy: {
      nl: "Pas het aan in MyLiantis > Medewerkers. De volgende sync neemt het over; kies Sync nu als het sneller moet.",
      fr: "Modifiez-la dans MyLiantis > Collaborateurs. La prochaine synchronisation la reprendra ; choisissez Synchroniser maintenant si c'est urgent.",
      en: "Change it in MyLiantis > Employees. The next sync takes it over; choose Sync now if you need it sooner.",
    },
  },
  ACTION_LOCKED: {
    status: 409,
    title: { nl: "Gebeurt in Liantis", fr: "Se fait dans Liantis", en: "Done in Liantis" },
    detail: {
      nl: "De volledige Liantis-integratie is actief voor deze entiteit. Daarom kan je dit niet in Payflip zelf doen.",
      fr: "L'intégration complète avec Liantis est active pour cette entité. Vous ne pouvez donc pas faire cela dans Payflip même.",
      en: "The full Liantis integration is active for this entity. That is why you cannot do this in Payflip itself.",
    },
    remedy: {
      nl: "Voeg de persoon toe in MyLiantis > Medewerkers en kies in Payflip Integraties > Liantis > Sync nu.",
      fr: "Ajoutez la personne dans MyLiantis > Collaborateurs et choisissez dans Payflip Intégrations > Liantis > Synchroniser maintenant.",
      en: "Add the person in MyLiantis > Employees and choose Integrations > Liantis > Sync now in Payflip.",
    },
  },
  NOT_FOUND: {
    status: 404,
    title: { nl: "Niet gevonden", fr: "Introuvable", en: "Not found" },
    detail: {
      nl: "Dit bestaat niet, of je hebt er geen toegang toe.",
      fr: "Cet élément n'existe pas, ou vous n'y avez pas accès.",
      en: "This does not exist, or you have no access to it.",
    },
    remedy: {
      nl: "Controleer het adres, of vraag een beheerder van je bedrijf om toegang.",
      fr: "Vérifiez l'adresse, ou demandez l'accès à un administrateur de votre entreprise.",
      en: "Check the address, or ask an administrator of your company for access.",
    },
  },
  UNAUTHENTICATED: {
    status: 401,
    title: { nl: "Meld je aan", fr: "Connectez-vous", en: "Please sign in" },
    detail: {
      nl: "Je bent niet aangemeld, of je sessie is verlopen.",
      fr: "Vous n'êtes pas connecté, ou votre session a expiré.",
      en: "You are not signed in, or your session has ended.",
    },
    remedy: {
      nl: "Meld je opnieuw aan en probeer het nog eens. Voor een API-sleutel: stuur hem mee als Authorization: Bearer.",
      fr: "Reconnectez-vous et réessayez. Pour une clé API : envoyez-la dans Authorization: Bearer.",
      en: "Sign in again and try once more. For an API key: send it as Authorization: Bearer.",
    },
  },
  FORBIDDEN: {
    status: 403,
    title: { nl: "Niet toegelaten", fr: "Non autorisé", en: "Not allowed" },
    detail: {
      nl: "Met jouw rol mag je dit niet doen.",
      fr: "Votre rôle ne vous permet pas de faire cela.",
      en: "Your role does not allow this.",
    },
    remedy: {
      nl: "Vraag een beheerder van je bedrijf om het te doen, of om je rol aan te passen.",
      fr: "Demandez à un administrateur de votre entreprise de le faire, ou d'adapter votre rôle.",
      en: "Ask an administrator of your company to do it, or to change your role.",
    },
  },
  INVALID_REQUEST: {
    status: 400,
    title: { nl: "Aanvraag klopt niet", fr: "Demande incorrecte", en: "Request not valid" },
    detail: {
      nl: "De aanvraag heeft niet de vorm die we verwachten. Er is niets gewijzigd.",
      fr: "La demande n'a pas la forme attendue. Rien n'a été modifié.",
      en: "The request does not have the form that we expect. Nothing was changed.",
    },
    remedy: {
      nl: "Verbeter de aangeduide velden en probeer het opnieuw.",
      fr: "Corrigez les champs indiqués et réessayez.",
      en: "Correct the fields that are pointed out and try again.",
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: {
      nl: "Idempotency-Key al gebruikt",
      fr: "Idempotency-Key déjà utilisée",
      en: "Idempotency-Key used before",
    },
    detail: {
      nl: "Deze Idempotency-Key hoorde bij een andere aanvraag. Er is niets gewijzigd.",
      fr: "Cette Idempotency-Key appartenait à une autre demande. Rien n'a été modifié.",
      en: "This Idempotency-Key belonged to another request. Nothing was changed.",
    },
    remedy: {
      nl: "Gebruik voor elke nieuwe aanvraag een nieuwe sleutel, en dezelfde alleen om precies dezelfde aanvraag te herhalen.",
      fr: "Utilisez une nouvelle clé pour chaque nouvelle demande, et la même uniquement pour répéter exactement la même demande.",
      en: "Use a new key for each new request, and the same one only to repeat exactly the same request.",
    },
  },
  RATE_LIMITED: {
    status: 429,
    title: { nl: "Even geduld", fr: "Un instant", en: "One moment, please" },
    detail: {
      nl: "Dit is in korte tijd te vaak gevraagd.",
      fr: "Cela a été demandé trop souvent en peu de temps.",
      en: "This was asked for too often in a short time.",
    },
    remedy: {
      nl: "Wacht even en probeer het dan opnieuw.",
      fr: "Patientez un moment, puis réessayez.",
      en: "Wait a while and then try again.",
    },
  },
  SIGN_IN_FAILED: {
    status: 401,
    title: { nl: "Aanmelden mislukt", fr: "Échec de la connexion", en: "Sign-in failed" },
    detail: {
      nl: "Dit e-mailadres en wachtwoord horen niet bij elkaar, of aanmelden is niet gelukt.",
      fr: "Cette adresse e-mail et ce mot de passe ne correspondent pas, ou la connexion n'a pas abouti.",
      en: "This e-mail address and password do not belong together, or signing in did not succeed.",
    },
    remedy: {
      nl: "Kijk beide na en probeer het opnieuw. Lukt het niet? Vraag een beheerder van je bedrijf om hulp.",
      fr: "Vérifiez les deux et réessayez. Cela ne fonctionne pas ? Demandez de l'aide à un administrateur de votre entreprise.",
      en: "Check both and try again. If it does not work, ask an administrator of your company for help.",
    },
  },
  WRONG_STATE: {
    status: 409,
    title: { nl: "Nu niet mogelijk", fr: "Impossible pour l'instant", en: "Not possible now" },
    detail: {
      nl: "Dit kan niet in de huidige toestand; misschien is er intussen iets veranderd.",
      fr: "Ce n'est pas possible dans l'état actuel ; quelque chose a peut-être changé entre-temps.",
      en: "This is not possible in the present state; something may have changed in the meantime.",
    },
    remedy: {
      nl: "Vernieuw de pagina om te zien hoe het ervoor staat.",
      fr: "Actualisez la page pour voir où en sont les choses.",
      en: "Refresh the page to see how things stand.",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
