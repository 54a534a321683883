import styles from './sync.module.css';

const GROUP = 4;

/** A fingerprint in groups of four, so that two people can read it to each other. */
export function Fingerprint({ hex, isLarge = false }: { hex: string; isLarge?: boolean }) {
  const groups = hex.replaceAll(/[^0-9a-z]/gi, '').match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
  return <span className={styles.fingerprint} data-large={isLarge}>{groups.map((group, index) => <span key={`${index} ${group}`}>{group}</span>)}</span>;
}
