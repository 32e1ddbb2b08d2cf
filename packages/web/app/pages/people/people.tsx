import { Route, Switch } from 'wouter';
import { lastOfAddress } from '../../shell/links.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { EnrolPeople } from './enrol.tsx';
import { PeopleList } from './list.tsx';
import { Person } from './person.tsx';

/** Who is known: all, one, and those who are to be. */
export default function People() {
  return (
    <Switch>
      <Route path="/" component={PeopleList} />
      <Route path="/add" component={EnrolPeople} />
      <Route path="/named/*">{() => <Person key={lastOfAddress()} subject={lastOfAddress()} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
