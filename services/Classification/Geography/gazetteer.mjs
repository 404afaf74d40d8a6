// Reduces world-countries to the names that the gazetteer looks for: one line "code <tab> name <tab> name …" per country.
// usage: node gazetteer.mjs <countries.json> <out.tsv>
import { readFileSync, writeFileSync } from 'node:fs'

const [, , source, target] = process.argv
const plain = name => name.normalize('NFD').replace(/\p{Mn}/gu, '')
const plural = demonym => /(s|sh|ch|ese|x)$/.test(demonym) ? [] : [`${demonym}s`]

function namesOf(country) {
  const demonyms = Object.values(country.demonyms?.eng ?? {}).flatMap(text => text.split(/, | or /)).filter(Boolean)
  const names = [
    country.name.common,
    country.name.official,
    ...country.altSpellings,
    ...demonyms.flatMap(demonym => [demonym, ...plural(demonym)]),
    ...country.capital,
  ]
  // Two letters are a code rather than a name, and "Congo, Republic of the" is the order of a list, not of a sentence.
  return names.filter(name => name.length > 2 && !name.includes(',') && !name.includes('('))
}

const countries = JSON.parse(readFileSync(source, 'utf8')).map(country => ({ country, names: new Set(namesOf(country).flatMap(name => [name, plain(name)])) }))

// A name of several countries is that of the member of the United Nations among them; where several are members, it tells nothing.
const owners = new Map()
for (const { country, names } of countries)
  for (const name of names) owners.set(name, [...(owners.get(name) ?? []), country])
const owns = (country, name) => {
  const claims = owners.get(name)
  const members = claims.filter(claim => claim.unMember)
  return claims.length === 1 || members.length === 1 && members[0] === country
}

const lines = countries
  .map(({ country, names }) => [country.cca2, ...[...names].filter(name => owns(country, name))].join('\t'))
  .sort()
writeFileSync(target, `${lines.join('\n')}\n`)
