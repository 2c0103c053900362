import type { ItemProps } from './item-props.ts';
import { Options } from './options.tsx';

export function Multiple(props: ItemProps<'multiple'>) {
  const { response, onAnswer } = props;
  const chosen = response && 'm' in response ? response.m : [];
  const toggle = (token: string) => {
    const rest = chosen.filter((other) => other !== token);
    const next = rest.length < chosen.length ? rest : [...chosen, token];
    onAnswer(next.length > 0 ? { m: next } : null);
  };
  return <Options {...props} type="checkbox" chosen={chosen} onToggle={toggle} />;
}
