import { useQuery } from '@tanstack/react-query';
import { PackageOpen, PackagePlus, ScanLine } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { nextMove, type Leg, type Parcel, type StoreParcels } from '#contracts';
import { useDeed } from '../app/useDeed.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { BoardPart } from '../counter/BoardPart.js';
import { openCustodyDialog } from './custodyDialogs.js';
import { fromHands, handsName, toHands } from './custodyEvents.js';
import { ParcelForms } from './CustodyForms.js';
import { findParcel, labelUrl, parcelsQuery } from './custodyRequests.js';
import { HandsGlyph } from './HandsGlyph.js';
import styles from './Parcels.module.css';

const ScanDialog = lazy(() => import('../counter/scan/ScanDialog.js'));

const open = (leg: Leg, code: string): boolean => {
  const move = nextMove(leg);
  if (move) openCustodyDialog({ name: 'move', leg, move, code });
  return move !== null;
};

/** The label of any parcel: the camera reads it or one types it, and what comes next is asked. */
const ScanBox = () => {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [scanning, setScanning] = useState(false);
  const [over, setOver] = useState(false);
  const { run, busy, problem } = useDeed();
  const look = (code: string) =>
    run(async () => {
      setOver(!open(await findParcel(code), code));
      setTyped('');
    });
  return (
    <form
      className={styles.scan}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) void look(typed.trim());
      }}
    >
      <input
        value={typed}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        aria-label={t('parcels.scan')}
        placeholder={t('parcels.scan')}
        disabled={busy}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <button type="button" aria-label={t('leg.camera.title')} onClick={() => setScanning(true)}>
        <ScanLine size={20} aria-hidden />
      </button>
      <p role="alert">{problem ?? (over ? t('parcels.over') : null)}</p>
      <Suspense fallback={null}>
        {scanning ? (
          <ScanDialog
            title={t('leg.camera.title')}
            lead={t('leg.code.lead')}
            wanted={['leg']}
            onRead={(reading) => {
              setScanning(false);
              if (reading.kind === 'leg') void look(reading.code);
            }}
            onClose={() => setScanning(false)}
          />
        ) : null}
      </Suspense>
    </form>
  );
};

/** One parcel: which phone, from or to whom, until when; its label, and what comes next. */
const Row = ({ parcel, goes }: { parcel: Parcel; goes: boolean }) => {
  const { t, intl } = useWords();
  const { deviceName, caseReference, customer, courier, etaAt, state, late } = parcel;
  const other = goes ? parcel.to : parcel.from;
  const move = nextMove(parcel);
  const words = [
    goes ? toHands(other, t) : fromHands(other, t),
    courier ? handsName(courier, t) : t('leg.in_person'),
    state === 'lost' || !goes ? t(`leg.state.${state}`) : null,
    etaAt ? t(late ? 'leg.late' : 'leg.eta', { day: day(intl, etaAt) }) : null,
  ];
  return (
    <li className={styles.row} data-late={late || undefined}>
      <HandsGlyph kind={other.kind} size={24} />
      <span>
        <b>{deviceName}</b>
        <small>
          {customer} · {caseReference}
        </small>
        <small data-way>{words.filter(Boolean).join(' · ')}</small>
      </span>
      <span className={styles.deeds}>
        {goes ? (
          <a href={labelUrl(parcel.id)} target="_blank" rel="noreferrer">
            {t('leg.label')}
          </a>
        ) : null}
        {move ? (
          <button type="button" onClick={() => open(parcel, '')}>
            {t(state === 'lost' ? 'leg.found' : `leg.move.${move}`)}
          </button>
        ) : null}
      </span>
    </li>
  );
};

interface PartProps {
  name: 'to_send' | 'to_receive';
  glyph: ReactNode;
  parcels: StoreParcels['toSend'];
}

const Part = ({ name, glyph, parcels: { items, more } }: PartProps) => {
  const { t } = useWords();
  const [title, empty] = [t(`parcels.${name}`), t(`parcels.${name}.none`)];
  return (
    <BoardPart title={title} count={items.length} more={more} empty={empty} glyph={glyph}>
      {items.map((parcel) => (
        <Row key={parcel.id} parcel={parcel} goes={name === 'to_send'} />
      ))}
    </BoardPart>
  );
};

/** What this counter has to send and what is on its way to it. */
export const Parcels = ({ storeId }: { storeId: string }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(parcelsQuery(storeId));
  if (isError) return <Trouble what={t('parcels.error')} error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      <Part name="to_send" glyph={<PackagePlus size={20} aria-hidden />} parcels={data.toSend} />
      <div>
        <Part name="to_receive" glyph={<PackageOpen size={20} aria-hidden />} parcels={data.toReceive} />
        <ScanBox />
      </div>
      <ParcelForms />
    </>
  );
};
