import type { IssueEntry } from "./issue-entry.ts";
import { openWorker, syncAgain, toSupport } from "./text-phrases.ts";

/** Issues about who a person is, and about what could not be read of them. */
export const identityIssues = {
  PAYROLL_ID_MISSING: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: {
      nl: "Personeelsnummer ontbreekt",
      fr: "Numéro de travailleur manquant",
      en: "Employee number missing",
    },
    cause: {
      nl: "Bij Liantis is geen personeelsnummer (Payroll ID) ingevuld. De persoon staat wel in Payflip, maar kan niet mee in het loonbestand: Liantis zou niet weten om wie het gaat.",
      fr: "Chez Liantis, aucun numéro de travailleur (Payroll ID) n'est renseigné. La personne est bien dans Payflip, mais ne peut pas figurer dans le fichier salarial : Liantis ne saurait pas de qui il s'agit.",
      en: "Liantis has no employee number (Payroll ID). The person is in Payflip, but cannot go into the payroll file: Liantis would not know who is meant.",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en vul het personeelsnummer in; kan je dat zelf niet, vraag het dan aan Liantis. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et complétez le numéro de travailleur ; si vous ne pouvez pas le faire vous-même, demandez-le à Liantis. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and fill in the employee number; if you cannot do so yourself, ask Liantis. ${syncAgain.en}`,
    },
    variants: {
      kept: {
        cause: {
          nl: "Bij Liantis is het personeelsnummer (Payroll ID) niet meer ingevuld. Payflip houdt het laatst bekende nummer aan, {employeeNumber}, maar het loonbestand blijft geblokkeerd tot Liantis het weer meestuurt.",
          fr: "Chez Liantis, le numéro de travailleur (Payroll ID) n'est plus renseigné. Payflip conserve le dernier numéro connu, {employeeNumber}, mais le fichier salarial reste bloqué tant que Liantis ne le renvoie pas.",
          en: "Liantis no longer has the employee number (Payroll ID). Payflip keeps the last known number, {employeeNumber}, but the payroll file stays blocked until Liantis sends it again.",
        },
      },
    },
  },
  PAYROLL_ID_DUPLICATE: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: {
      nl: "Personeelsnummer al van iemand anders",
      fr: "Numéro de travailleur déjà attribué",
      en: "Employee number already taken",
    },
    cause: {
      nl: "Personeelsnummer {employeeNumber} is in deze entiteit al van iemand anders. Het nummer is niet overgenomen; de andere gegevens wel.",
      fr: "Le numéro de travailleur {employeeNumber} appartient déjà à une autre personne de cette entité. Le numéro n'a pas été repris ; les autres données bien.",
      en: "Employee number {employeeNumber} already belongs to someone else in this entity. The number was not taken over; the other data was.",
    },
    remedy: {
      nl: `${openWorker.nl} en kijk wie dit nummer hoort te hebben; bij een nieuwe indiensttreding kan het hergebruikt zijn. Geef elk een eigen nummer. ${syncAgain.nl}`,
      fr: `${openWorker.fr} et vérifiez à qui ce numéro appartient ; lors d'un nouvel engagement, il a pu être réutilisé. Donnez à chacun son propre numéro. ${syncAgain.fr}`,
      en: `${openWorker.en} and check whose number this is; it may have been used again for a new hire. Give each a number of their own. ${syncAgain.en}`,
    },
  },
  AMBIGUOUS_MATCH: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "payflip_employee",
    title: {
      nl: "Zelfde e-mailadres, andere naam",
      fr: "Même adresse e-mail, autre nom",
      en: "Same e-mail address, other name",
    },
    cause: {
      nl: "Liantis heeft dit e-mailadres bij {liantisName}, Payflip bij {payflipName}. Voornaam en achternaam verschillen allebei; daarom is er niets gekoppeld.",
      fr: "Chez Liantis, cette adresse e-mail est celle de {liantisName} ; dans Payflip, celle de {payflipName}. Le prénom et le nom diffèrent tous les deux ; rien n'a donc été lié.",
      en: "Liantis has this e-mail address for {liantisName}, Payflip has it for {payflipName}. Both the first and the last name differ, so nothing was linked.",
    },
    remedy: {
      nl: `Gaat het om dezelfde persoon? Aanvaard dan de koppeling bij deze melding. Zo niet: verbeter het e-mailadres in MyLiantis > Medewerkers. ${syncAgain.nl}`,
      fr: `S'agit-il de la même personne ? Acceptez alors le lien dans ce message. Sinon, corrigez l'adresse e-mail dans MyLiantis > Collaborateurs. ${syncAgain.fr}`,
      en: `Are they the same person? Then accept the match on this issue. If not, correct the e-mail address in MyLiantis > Employees. ${syncAgain.en}`,
    },
    variants: {
      kept_apart: {
        cause: {
          nl: "Liantis heeft dit e-mailadres bij {liantisName}, Payflip bij {payflipName}. Iemand heeft deze twee in Payflip losgekoppeld; daarom worden ze niet opnieuw gekoppeld.",
          fr: "Chez Liantis, cette adresse e-mail est celle de {liantisName} ; dans Payflip, celle de {payflipName}. Quelqu'un les a dissociés dans Payflip ; ils ne sont donc pas liés à nouveau.",
          en: "Liantis has this e-mail address for {liantisName}, Payflip has it for {payflipName}. Somebody took the two apart in Payflip, so they are not linked again.",
        },
        remedy: {
          nl: `Gaat het toch om dezelfde persoon? Koppel hen dan opnieuw via Integraties > Liantis > Koppelingen. Zo niet: verbeter het e-mailadres in MyLiantis > Medewerkers. ${syncAgain.nl}`,
          fr: `S'agit-il tout de même de la même personne ? Liez-les à nouveau via Intégrations > Liantis > Liens. Sinon, corrigez l'adresse e-mail dans MyLiantis > Collaborateurs. ${syncAgain.fr}`,
          en: `Are they the same person after all? Then link them again under Integrations > Liantis > Links. If not, correct the e-mail address in MyLiantis > Employees. ${syncAgain.en}`,
        },
      },
    },
  },
  REHIRE_OF_DEACTIVATED_USER: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "payflip_employee",
    title: {
      nl: "Opnieuw in dienst, maar gedeactiveerd in Payflip",
      fr: "De retour en service, mais désactivé dans Payflip",
      en: "Back in service, but deactivated in Payflip",
    },
    cause: {
      nl: "Liantis heeft deze persoon in dienst (personeelsnummer {employeeNumber}), maar de gebruiker met dit e-mailadres is in Payflip gedeactiveerd. Een sync activeert nooit iemand opnieuw, want de uitdienstberekening kan al gemaakt zijn.",
      fr: "Cette personne est en service chez Liantis (numéro de travailleur {employeeNumber}), mais l'utilisateur avec cette adresse e-mail est désactivé dans Payflip. Une synchronisation ne réactive jamais personne, car le calcul de sortie a peut-être déjà été fait.",
      en: "Liantis has this person in service (employee number {employeeNumber}), but the user with this e-mail address is deactivated in Payflip. A sync never re-activates anyone, since the exit calculation may have been made already.",
    },
    remedy: {
      nl: `Is de persoon terug? Open de persoon in Payflip, kies Opnieuw activeren en dan Integraties > Liantis > Sync nu. Is de uitdienstberekening al gemaakt? ${toSupport.nl}.`,
      fr: `La personne est-elle de retour ? Ouvrez-la dans Payflip, choisissez Réactiver, puis Intégrations > Liantis > Synchroniser maintenant. Le calcul de sortie est-il déjà fait ? ${toSupport.fr}.`,
      en: `Is the person back? Open the person in Payflip, choose Reactivate, and then Integrations > Liantis > Sync now. Has the exit calculation been made? ${toSupport.en}.`,
    },
    variants: {
      linked: {
        severity: "warning",
        cause: {
          nl: "Liantis heeft voor deze persoon (personeelsnummer {employeeNumber}) een contract dat loopt of nog begint, maar in Payflip is de gebruiker gedeactiveerd. Een sync activeert nooit iemand opnieuw.",
          fr: "Chez Liantis, cette personne (numéro de travailleur {employeeNumber}) a un contrat en cours ou à venir, mais l'utilisateur est désactivé dans Payflip. Une synchronisation ne réactive jamais personne.",
          en: "Liantis has a contract for this person (employee number {employeeNumber}) that runs or is still to start, but the user is deactivated in Payflip. A sync never re-activates anyone.",
        },
        remedy: {
          nl: `Is de persoon terug? Open de persoon in Payflip en kies Opnieuw activeren. Is de persoon weg? Vul dan in MyLiantis > Medewerkers de einddatum in; de melding verdwijnt vanzelf. Twijfel je? ${toSupport.nl}.`,
          fr: `La personne est-elle de retour ? Ouvrez-la dans Payflip et choisissez Réactiver. Est-elle partie ? Indiquez la date de fin dans MyLiantis > Collaborateurs ; le message disparaîtra de lui-même. Vous avez un doute ? ${toSupport.fr}.`,
          en: `Is the person back? Open the person in Payflip and choose Reactivate. Has the person left? Fill in the end date in MyLiantis > Employees; this issue then closes by itself. In doubt? ${toSupport.en}.`,
        },
      },
    },
  },
  LANGUAGE_UNSUPPORTED: {
    severity: "notice",
    who: "customer",
    about: "person",
    place: "payflip_employee",
    title: { nl: "Taal niet beschikbaar", fr: "Langue non disponible", en: "Language not available" },
    cause: {
      nl: "Liantis vermeldt taalcode “{languageCode}”. Payflip bestaat in het Nederlands, Frans en Engels; daarom kreeg deze persoon de standaardtaal.",
      fr: "Liantis mentionne le code de langue « {languageCode} ». Payflip existe en néerlandais, en français et en anglais ; cette personne a donc reçu la langue par défaut.",
      en: "Liantis mentions language code “{languageCode}”. Payflip exists in Dutch, French and English, so this person got the default language.",
    },
    remedy: {
      nl: "Je hoeft niets te doen. Wil de persoon een andere taal, pas die dan aan in Payflip: de sync wijzigt ze niet meer.",
      fr: "Vous n'avez rien à faire. Si la personne préfère une autre langue, modifiez-la dans Payflip : la synchronisation n'y touchera plus.",
      en: "There is nothing you have to do. If the person prefers another language, change it in Payflip: the sync will not touch it again.",
    },
  },
  PAYLOAD_INVALID: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Gegeven niet leesbaar", fr: "Donnée illisible", en: "Data not readable" },
    cause: {
      nl: "Wat Liantis stuurt, is niet leesbaar voor: {field} (personeelsnummer {employeeNumber}). {effect}",
      fr: "Ce que Liantis envoie n'est pas lisible pour : {field} (numéro de travailleur {employeeNumber}). {effect}",
      en: "What Liantis sends cannot be read for: {field} (employee number {employeeNumber}). {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kijk dit gegeven na en bewaar het opnieuw. ${syncAgain.nl} Blijft de melding staan? ${toSupport.nl}.`,
      fr: `${openWorker.fr}, vérifiez cette donnée et enregistrez-la à nouveau. ${syncAgain.fr} Le message persiste ? ${toSupport.fr}.`,
      en: `${openWorker.en}, check this item and save it again. ${syncAgain.en} Does the issue stay? ${toSupport.en}.`,
    },
    variants: {
      record: {
        cause: {
          nl: "Wat Liantis over deze persoon stuurt, is als geheel niet leesbaar. Er is niets gewijzigd; alle andere personen zijn gewoon gesynchroniseerd.",
          fr: "Ce que Liantis envoie sur cette personne est entièrement illisible. Rien n'a été modifié ; toutes les autres personnes ont été synchronisées normalement.",
          en: "What Liantis sends about this person cannot be read at all. Nothing was changed; everyone else was synchronised as usual.",
        },
      },
    },
  },
} as const satisfies Record<string, IssueEntry>;
