import type { UseQueryResult } from '@tanstack/react-query';
import type { CountedMember } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import type { CallFailed } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { formatDate } from '../kit/formats.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './reports.module.css';

/** Whom a number counts; each leads to the record. */
export function MembersPane({ title, read }: { title: string; read: UseQueryResult<{ members: CountedMember[] }, CallFailed> }) {
  return (
    <>
      <h2 className={styles.head}>{title}</h2>
      <Waiting read={read} lines={8}>
        {({ members }) => (
          <>
            <span className={styles.quiet}>{text('reports.members.count', { count: members.length })}</span>
            <ul className={styles.members}>
              {members.map(member => (
                <li key={member.id}>
                  <span>{member.route === null ? member.name : <RouteLink to={member.route}>{member.name}</RouteLink>}</span>
                  <small className="tabular">{formatDate(member.birth)}</small>
                  <small>{member.detail}</small>
                </li>
              ))}
            </ul>
          </>
        )}
      </Waiting>
    </>
  );
}
