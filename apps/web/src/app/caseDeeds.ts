/** What can be done to the case on the screen; the palette asks for it when it opens. */
export interface CaseDeeds {
  title: string;
  reference: string;
  /** Their number, where there is one. */
  phone: string | null;
  mine: boolean;
  over: boolean;
  reply: () => void;
  note: () => void;
  partner: () => void;
  assign: () => void;
  status: () => void;
  take: () => void;
  link: () => void;
  handover: () => void;
}

let offered: CaseDeeds | null = null;

/** Offers the deeds of the open case; the answer takes them back. */
export const offerDeeds = (deeds: CaseDeeds): (() => void) => {
  offered = deeds;
  return () => {
    if (offered === deeds) offered = null;
  };
};

export const deedsOffered = (): CaseDeeds | null => offered;
