import type { NotRevertedReason } from "./undo-types.ts";
import type { Texts } from "../catalogue/text-template.ts";

/** Why something was not put back, as the screen says it. */
export const notRevertedTexts: Readonly<Record<NotRevertedReason, Texts>> = {
  changed_since: {
    nl: "Dit is sindsdien opnieuw gewijzigd; de nieuwere waarde blijft staan.",
    fr: "Cela a été modifié depuis ; la valeur la plus récente est conservée.",
    en: "This was changed again since; the newer value stays.",
  },
  invited: {
    nl: "Deze persoon is al uitgenodigd en blijft daarom in Payflip; alleen de koppeling met Liantis is verbroken.",
    fr: "Cette personne a déjà été invitée et reste donc dans Payflip ; seul le lien avec Liantis a été rompu.",
    en: "This person was invited already and therefore stays in Payflip; only the link with Liantis was ended.",
  },
  touched: {
    nl: "Aan deze persoon is sindsdien iets gewijzigd; de persoon blijft in Payflip en alleen de koppeling met Liantis is verbroken.",
    fr: "Quelque chose a été modifié depuis chez cette personne ; elle reste dans Payflip et seul le lien avec Liantis a été rompu.",
    en: "Something of this person was changed since; they stay in Payflip and only the link with Liantis was ended.",
  },
  already_reverted: {
    nl: "Dit is al eerder teruggedraaid.",
    fr: "Cela a déjà été annulé auparavant.",
    en: "This was put back before.",
  },
  values_expired: {
    nl: "Wijzigingen van lonen worden 13 maanden bewaard. Deze sync is ouder en kan niet meer teruggedraaid worden.",
    fr: "Les modifications de salaires sont conservées 13 mois. Cette synchronisation est plus ancienne et ne peut plus être annulée.",
    en: "Changes of wages are kept for 13 months. This sync is older and can no longer be put back.",
  },
  email_taken: {
    nl: "Het vorige e-mailadres is intussen van iemand anders.",
    fr: "L'adresse e-mail précédente appartient entre-temps à quelqu'un d'autre.",
    en: "The previous e-mail address belongs to somebody else by now.",
  },
  still_needed: {
    nl: "Welk looncontract telt, volgt uit de datums van de contracten; dat blijft zo.",
    fr: "Le contrat salarial qui compte découle des dates des contrats ; cela ne change pas.",
    en: "Which wage contract counts follows from the dates of the contracts; that stays as it is.",
  },
  reversal: {
    nl: "Deze sync is zelf een terugdraaiing. Aanvaard de vastgehouden wijzigingen om ze opnieuw over te nemen.",
    fr: "Cette synchronisation est elle-même une annulation. Acceptez les modifications retenues pour les reprendre.",
    en: "This sync is itself a putting back. Accept the changes that are held to take them over again.",
  },
};
