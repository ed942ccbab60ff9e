import type { Texts } from "../catalogue/text-template.ts";

/** How somebody stands with Liantis, step by step and in one sentence. */
export const explanationTexts = {
  fetched_not_connected: {
    nl: "Deze entiteit is niet met Liantis verbonden; er wordt niets opgehaald.",
    fr: "Cette entité n'est pas connectée à Liantis ; rien n'est récupéré.",
    en: "This entity is not connected to Liantis; nothing is fetched.",
  },
  fetched_not_linked: {
    nl: "Deze persoon is aan niemand bij Liantis gekoppeld; er wordt niets van deze persoon opgehaald.",
    fr: "Cette personne n'est liée à personne chez Liantis ; rien n'est récupéré pour elle.",
    en: "This person is linked to nobody at Liantis; nothing is fetched of them.",
  },
  fetched_absent: {
    nl: "Sinds {date} staat deze persoon niet meer in de lijst van Liantis.",
    fr: "Depuis le {date}, cette personne ne figure plus dans la liste de Liantis.",
    en: "Since {date} Liantis does not list this person any more.",
  },
  fetched_never: {
    nl: "Sinds de koppeling op {date} is deze persoon nog niet opgehaald.",
    fr: "Depuis le lien créé le {date}, cette personne n'a pas encore été récupérée.",
    en: "This person was not fetched yet since they were linked on {date}.",
  },
  fetched_yes: {
    nl: "Laatst opgehaald bij Liantis op {date}.",
    fr: "Récupérée pour la dernière fois chez Liantis le {date}.",
    en: "Last fetched from Liantis on {date}.",
  },
  fetched_trouble: {
    nl: "Laatst opgehaald bij Liantis op {date}. De poging van {troubleDate} bracht niets nieuws.",
    fr: "Récupérée pour la dernière fois chez Liantis le {date}. La tentative du {troubleDate} n'a rien apporté de nouveau.",
    en: "Last fetched from Liantis on {date}. The attempt of {troubleDate} brought nothing new.",
  },
  scope_none: {
    nl: "Zonder verbinding met Liantis wordt niemand gesynchroniseerd.",
    fr: "Sans connexion à Liantis, personne n'est synchronisé.",
    en: "Without a connection to Liantis nobody is synchronised.",
  },
  scope_disabled: {
    nl: "De integratie is uitgeschakeld: er wordt niemand gesynchroniseerd, en alle gegevens blijven staan.",
    fr: "L'intégration est désactivée : personne n'est synchronisé et toutes les données sont conservées.",
    en: "The integration is switched off: nobody is synchronised, and all data stays.",
  },
  scope_paused: {
    nl: "De integratie is gepauzeerd: er wordt niemand gesynchroniseerd tot ze hersteld is.",
    fr: "L'intégration est en pause : personne n'est synchronisé tant qu'elle n'est pas rétablie.",
    en: "The integration is paused: nobody is synchronised until it is put right.",
  },
  scope_full: {
    nl: "Iedereen van deze entiteit wordt gesynchroniseerd.",
    fr: "Toutes les personnes de cette entité sont synchronisées.",
    en: "Everybody of this entity is synchronised.",
  },
  scope_selected: {
    nl: "Deze persoon is gekozen om gesynchroniseerd te worden.",
    fr: "Cette personne a été choisie pour être synchronisée.",
    en: "This person was chosen to be synchronised.",
  },
  scope_excluded: {
    nl: "Er is gekozen om deze persoon niet te synchroniseren.",
    fr: "Il a été choisi de ne pas synchroniser cette personne.",
    en: "It was chosen not to synchronise this person.",
  },
  scope_released: {
    nl: "Deze persoon is losgelaten: de gegevens blijven staan en worden niet meer bijgewerkt.",
    fr: "Cette personne a été libérée : ses données sont conservées et ne sont plus mises à jour.",
    en: "This person was released: their data stays and is not updated any more.",
  },
  scope_waiting: {
    nl: "Deze persoon wacht op je keuze.",
    fr: "Cette personne attend votre choix.",
    en: "This person waits for your choice.",
  },
  scope_unlinked: {
    nl: "Alleen gekozen personen van Liantis worden gesynchroniseerd; deze persoon is aan geen van hen gekoppeld.",
    fr: "Seules les personnes choisies de Liantis sont synchronisées ; cette personne n'est liée à aucune d'elles.",
    en: "Only chosen people of Liantis are synchronised; this person is linked to none of them.",
  },
  matched_no: {
    nl: "Geen koppeling: bij Liantis is niemand met het e-mailadres van deze persoon gevonden.",
    fr: "Aucun lien : personne chez Liantis n'a été trouvé avec l'adresse e-mail de cette personne.",
    en: "No link: nobody at Liantis was found with the e-mail address of this person.",
  },
  matched_doubted: {
    nl: "Geen koppeling: er is iemand met hetzelfde e-mailadres bij Liantis, maar het is niet zeker dat het dezelfde persoon is.",
    fr: "Aucun lien : quelqu'un chez Liantis a la même adresse e-mail, mais il n'est pas certain qu'il s'agisse de la même personne.",
    en: "No link: somebody at Liantis has the same e-mail address, but it is not certain that they are the same person.",
  },
  matched_apart: {
    nl: "Geen koppeling: iemand heeft deze persoon losgekoppeld. Zij worden niet opnieuw op e-mailadres gekoppeld, wel met de hand.",
    fr: "Aucun lien : quelqu'un a dissocié cette personne. Le lien ne se refait plus par adresse e-mail, mais peut se faire à la main.",
    en: "No link: somebody unlinked this person. They are not matched by e-mail again, but can be linked by hand.",
  },
  matched_email: {
    nl: "Op {date} gekoppeld op e-mailadres; sindsdien geldt het nummer {workerId} bij Liantis, wat er ook aan het adres verandert.",
    fr: "Lié le {date} par adresse e-mail ; depuis, c'est le numéro {workerId} chez Liantis qui compte, quelle que soit l'adresse.",
    en: "Matched by e-mail on {date}; since then the id {workerId} at Liantis counts, whatever becomes of the address.",
  },
  matched_by_hand: {
    nl: "Op {date} met de hand gekoppeld aan {workerId} bij Liantis.",
    fr: "Lié à la main à {workerId} chez Liantis le {date}.",
    en: "Linked by hand to {workerId} at Liantis on {date}.",
  },
  matched_created: {
    nl: "Op {date} aangemaakt uit Liantis, als {workerId}.",
    fr: "Créée à partir de Liantis le {date}, en tant que {workerId}.",
    en: "Created from Liantis on {date}, as {workerId}.",
  },
  matched_unknown: {
    nl: "Sinds {date} gekoppeld aan {workerId} bij Liantis.",
    fr: "Lié à {workerId} chez Liantis depuis le {date}.",
    en: "Linked to {workerId} at Liantis since {date}.",
  },
  written_none_yet: {
    nl: "Er is nog niets van Liantis overgenomen.",
    fr: "Rien n'a encore été repris de Liantis.",
    en: "Nothing was taken over from Liantis yet.",
  },
  written_no: {
    nl: "De laatste keer was er niets te wijzigen.",
    fr: "La dernière fois, il n'y avait rien à modifier.",
    en: "The last time there was nothing to change.",
  },
  written_yes: {
    nl: "Op {date} gewijzigde gegevens: {count}.",
    fr: "Données modifiées le {date} : {count}.",
    en: "Fields changed on {date}: {count}.",
  },
  held_no: {
    nl: "Er wordt niets vastgehouden.",
    fr: "Rien n'est retenu.",
    en: "Nothing is held.",
  },
  held_issues: {
    nl: "Er wordt niets vastgehouden. Open meldingen die gegevens kunnen tegenhouden: {count}.",
    fr: "Rien n'est retenu. Messages ouverts qui peuvent bloquer des données : {count}.",
    en: "Nothing is held. Open issues that may keep data back: {count}.",
  },
  held_reverted: {
    nl: "Alles van deze persoon wordt vastgehouden: iemand heeft wijzigingen ongedaan gemaakt.",
    fr: "Tout est retenu pour cette personne : quelqu'un a annulé des modifications.",
    en: "Everything of this person is held: somebody undid changes.",
  },
  held_identity: {
    nl: "Alles van deze persoon wordt vastgehouden: het is niet zeker dat het nog om dezelfde persoon gaat.",
    fr: "Tout est retenu pour cette personne : il n'est pas certain qu'il s'agisse encore de la même personne.",
    en: "Everything of this person is held: it is not certain that they are still the same person.",
  },
  held_wage: {
    nl: "Het loon wordt vastgehouden omdat het ongewoon verandert; de andere gegevens worden gewoon gesynchroniseerd.",
    fr: "Le salaire est retenu parce qu'il change de façon inhabituelle ; les autres données sont synchronisées normalement.",
    en: "The wage is held because it changes in an unusual way; the other data is synchronised as usual.",
  },
  held_identity_rejected: {
    nl: "Alles van deze persoon blijft zoals het is: een beheerder heeft verworpen wat Liantis over naam, e-mail of nummer stuurt.",
    fr: "Tout reste tel quel pour cette personne : un administrateur a rejeté ce que Liantis envoie comme nom, e-mail ou numéro.",
    en: "Everything of this person stays as it is: an admin rejected the name, e-mail or number that Liantis sends.",
  },
  held_wage_rejected: {
    nl: "Het loon blijft zoals het is: een beheerder heeft verworpen wat Liantis stuurt. De andere gegevens worden gewoon gesynchroniseerd.",
    fr: "Le salaire reste tel quel : un administrateur a rejeté ce que Liantis envoie. Les autres données sont synchronisées normalement.",
    en: "The wage stays as it is: an admin rejected what Liantis sends. The other data is synchronised as usual.",
  },
  next_connect: {
    nl: "Verbind de entiteit via Instellingen > Integraties > Liantis.",
    fr: "Connectez l'entité via Paramètres > Intégrations > Liantis.",
    en: "Connect the entity under Settings > Integrations > Liantis.",
  },
  next_enable: {
    nl: "Zodra de integratie weer aan staat, gaat de synchronisatie verder.",
    fr: "Dès que l'intégration est réactivée, la synchronisation reprend.",
    en: "Once the integration is on again, the synchronisation goes on.",
  },
  next_reconnect: {
    nl: "Herstel de verbinding via Instellingen > Integraties > Liantis; alle koppelingen blijven bestaan.",
    fr: "Rétablissez la connexion via Paramètres > Intégrations > Liantis ; tous les liens sont conservés.",
    en: "Reconnect under Settings > Integrations > Liantis; every link is kept.",
  },
  next_choose: {
    nl: "Er gebeurt niets tot je deze persoon kiest.",
    fr: "Rien ne se passe tant que vous ne choisissez pas cette personne.",
    en: "Nothing happens until you choose this person.",
  },
  next_link: {
    nl: "De volgende sync ({date}) kijkt opnieuw naar het e-mailadres; koppelen met de hand kan altijd.",
    fr: "La prochaine synchronisation ({date}) regarde à nouveau l'adresse e-mail ; un lien à la main reste possible.",
    en: "The next sync ({date}) looks at the e-mail address again; linking by hand is always possible.",
  },
  next_apart: {
    nl: "Er gebeurt niets tot iemand deze persoon met de hand koppelt.",
    fr: "Rien ne se passe tant que personne ne lie cette personne à la main.",
    en: "Nothing happens until somebody links this person by hand.",
  },
  next_decide: {
    nl: "Aanvaard of verwerp wat vastgehouden wordt. De volgende sync is op {date}.",
    fr: "Acceptez ou rejetez ce qui est retenu. La prochaine synchronisation a lieu le {date}.",
    en: "Accept or reject what is held. The next sync is on {date}.",
  },
  next_rejected: {
    nl: "Zolang Liantis hetzelfde stuurt, verandert er niets. Verbeter het in MyLiantis, of aanvaard het toch. De volgende sync is op {date}.",
    fr: "Tant que Liantis envoie la même chose, rien ne change. Corrigez-la dans MyLiantis, ou acceptez-la quand même. La prochaine synchronisation a lieu le {date}.",
    en: "As long as Liantis sends the same, nothing changes. Put it right in MyLiantis, or accept it after all. The next sync is on {date}.",
  },
  next_issues: {
    nl: "Los de open meldingen op. De volgende sync is op {date}.",
    fr: "Résolvez les messages ouverts. La prochaine synchronisation a lieu le {date}.",
    en: "Put the open issues right. The next sync is on {date}.",
  },
  next_leaver: {
    nl: "Payflip deactiveert niemand vanzelf: handel het vertrek af als de persoon weg is. De volgende sync is op {date}.",
    fr: "Payflip ne désactive personne de lui-même : traitez le départ si la personne est partie. La prochaine synchronisation a lieu le {date}.",
    en: "Payflip deactivates nobody by itself: handle the departure if the person has left. The next sync is on {date}.",
  },
  next_run: {
    nl: "De volgende sync is op {date}; eerder kan met Nu controleren.",
    fr: "La prochaine synchronisation a lieu le {date} ; Vérifier maintenant permet de le faire plus tôt.",
    en: "The next sync is on {date}; Check now does it earlier.",
  },
  summary_in_order: {
    nl: "Deze persoon wordt met Liantis gelijk gehouden en er is niets te doen.",
    fr: "Cette personne est synchronisée avec Liantis et il n'y a rien à faire.",
    en: "This person is kept the same as in Liantis and there is nothing to do.",
  },
  summary_issues: {
    nl: "Deze persoon wordt met Liantis gelijk gehouden, op wat in de open meldingen staat na ({count}).",
    fr: "Cette personne est synchronisée avec Liantis, sauf ce que disent les messages ouverts ({count}).",
    en: "This person is kept the same as in Liantis, except for what the open issues say ({count}).",
  },
} as const satisfies Record<string, Texts>;

export type ExplanationKey = keyof typeof explanationTexts;
