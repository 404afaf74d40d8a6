// Invented reports that could be real: no event, organisation or group in them is. Countries and towns are.

const places = [
  ['EE', 'Estonia', 'Estonian', 'Tallinn', 59.44, 24.75], ['LV', 'Latvia', 'Latvian', 'Riga', 56.95, 24.11], ['LT', 'Lithuania', 'Lithuanian', 'Klaipeda', 55.71, 21.13],
  ['PL', 'Poland', 'Polish', 'Gdansk', 54.35, 18.65], ['DE', 'Germany', 'German', 'Hamburg', 53.55, 9.99], ['FR', 'France', 'French', 'Marseille', 43.3, 5.37],
  ['NL', 'the Netherlands', 'Dutch', 'Rotterdam', 51.92, 4.48], ['BE', 'Belgium', 'Belgian', 'Antwerp', 51.22, 4.4], ['ES', 'Spain', 'Spanish', 'Valencia', 39.47, -0.38],
  ['PT', 'Portugal', 'Portuguese', 'Porto', 41.15, -8.61], ['IT', 'Italy', 'Italian', 'Genoa', 44.41, 8.93], ['GR', 'Greece', 'Greek', 'Piraeus', 37.94, 23.65],
  ['RO', 'Romania', 'Romanian', 'Constanta', 44.18, 28.65], ['BG', 'Bulgaria', 'Bulgarian', 'Varna', 43.21, 27.91], ['NO', 'Norway', 'Norwegian', 'Bergen', 60.39, 5.32],
  ['SE', 'Sweden', 'Swedish', 'Gothenburg', 57.71, 11.97], ['FI', 'Finland', 'Finnish', 'Turku', 60.45, 22.27], ['DK', 'Denmark', 'Danish', 'Aarhus', 56.16, 10.2],
  ['GB', 'the United Kingdom', 'British', 'Liverpool', 53.41, -2.98], ['US', 'the United States', 'American', 'Houston', 29.76, -95.37], ['CA', 'Canada', 'Canadian', 'Halifax', 44.65, -63.57],
  ['TR', 'Turkey', 'Turkish', 'Izmir', 38.42, 27.14], ['UA', 'Ukraine', 'Ukrainian', 'Odesa', 46.48, 30.72], ['GE', 'Georgia', 'Georgian', 'Batumi', 41.65, 41.64],
  ['JP', 'Japan', 'Japanese', 'Yokohama', 35.44, 139.64], ['KR', 'South Korea', 'South Korean', 'Busan', 35.18, 129.08], ['PH', 'the Philippines', 'Philippine', 'Manila', 14.6, 120.98],
  ['AU', 'Australia', 'Australian', 'Brisbane', -27.47, 153.03], ['NZ', 'New Zealand', 'New Zealand', 'Auckland', -36.85, 174.76], ['IN', 'India', 'Indian', 'Chennai', 13.08, 80.27],
  ['BD', 'Bangladesh', 'Bangladeshi', 'Chittagong', 22.36, 91.78], ['ID', 'Indonesia', 'Indonesian', 'Surabaya', -7.26, 112.75], ['VN', 'Vietnam', 'Vietnamese', 'Haiphong', 20.84, 106.69],
  ['EG', 'Egypt', 'Egyptian', 'Alexandria', 31.2, 29.92], ['MA', 'Morocco', 'Moroccan', 'Casablanca', 33.57, -7.59], ['KE', 'Kenya', 'Kenyan', 'Mombasa', -4.04, 39.67],
  ['NG', 'Nigeria', 'Nigerian', 'Lagos', 6.52, 3.38], ['SN', 'Senegal', 'Senegalese', 'Dakar', 14.69, -17.45], ['GH', 'Ghana', 'Ghanaian', 'Accra', 5.6, -0.19],
  ['ZA', 'South Africa', 'South African', 'Durban', -29.86, 31.02], ['TZ', 'Tanzania', 'Tanzanian', 'Dar es Salaam', -6.79, 39.21], ['BR', 'Brazil', 'Brazilian', 'Recife', -8.05, -34.9],
  ['CL', 'Chile', 'Chilean', 'Valparaiso', -33.05, -71.62], ['PE', 'Peru', 'Peruvian', 'Callao', -12.06, -77.15], ['CO', 'Colombia', 'Colombian', 'Cartagena', 10.39, -75.51],
  ['MX', 'Mexico', 'Mexican', 'Veracruz', 19.17, -96.13], ['PK', 'Pakistan', 'Pakistani', 'Karachi', 24.86, 67.01], ['SA', 'Saudi Arabia', 'Saudi', 'Jeddah', 21.49, 39.19],
].map(([code, country, people, town, lat, lon]) => ({ code, country, people, town, lat, lon }));

const words = {
  utility: ['the regional grid operator', 'a district heating company', 'the water utility', 'a gas network operator', 'the national railway', 'the port authority', 'an airport operator'],
  body: ['a county hospital', 'the land registry', 'the customs service', 'a university', 'the tax authority', 'a pension fund', 'the city administration'],
  firm: ['a mid-sized lender', 'a payment processor', 'a steel maker', 'a chip packaging plant', 'a fertiliser producer', 'a container line', 'an aluminium smelter'],
  group: ['a group calling itself Grey Lantern', 'the Salt Quarry collective', 'an actor tracked as Paper Heron', 'a crew known as Ninth Ferry'],
  river: ['the river', 'the main canal', 'the lower delta', 'the reservoir', 'the estuary'],
  number: ['12', '40', '170', '320', '900', '1,400', '2,600', '5,000', '18,000'],
  share: ['3', '6', '9', '14', '22', '31'],
  hours: ['two', 'six', 'nine', 'fourteen', 'thirty'],
};

// [severity, title, text]; {place fields} and {words} are filled in.
const events = {
  cyber: [
    ['critical', 'Ransomware shuts down control systems of {utility} in {country}', 'Ransomware encrypted supervisory control systems of {utility} overnight. Operators in {town} work by hand and {number} households are without service. {group} claims the attack. Emergency services were put on alert.'],
    ['high', 'Ransomware encrypts records of {body} in {town}', '{people} investigators say attackers entered through an unpatched VPN gateway and encrypted file servers of {body}. Backups are affected. The attackers demand payment within {hours} hours.'],
    ['high', 'Data breach exposes files of {body} in {country}', 'Credentials and personal data of {number} people were stolen from {body} and offered for sale. The {people} data protection authority has been informed of the breach.'],
    ['medium', 'Phishing campaign impersonates {body} in {country}', 'Thousands of messages carry a link to a forged sign-in page of {body}. The {people} computer emergency team has published indicators and blocks the domains.'],
    ['medium', 'Denial-of-service attack slows websites of {body} in {country}', 'A distributed denial-of-service attack with botnet traffic made pages of {body} unreachable for {hours} hours. No data were lost. {group} boasted of it online.'],
    ['high', 'Zero-day exploited against {people} mail servers', 'A vulnerability without a patch is exploited to run code on mail servers in {country}. {number} servers carry a web shell. Administrators are told to disconnect them.'],
    ['low', 'Malware found and removed at {body} in {town}', 'An endpoint scanner found a known trojan on {number} workstations of {body}. It was removed; no lateral movement was seen.'],
    ['high', 'Wiper malware hits {firm} in {country}', 'Destructive malware overwrote disks at {firm} in {town}. Production stopped. Analysts see code shared with earlier tools of {group}.'],
  ],
  economic: [
    ['high', 'Run on deposits at {firm} in {country}', 'Depositors queue in {town} after rumours of insolvency. The {people} central bank offers emergency liquidity and halts trading in the shares.'],
    ['medium', '{country} imposes export ban on grain', 'The {people} government bans exports of grain for {hours} weeks to hold down food prices. Traders expect price rises of {share} percent in importing countries.'],
    ['critical', 'Currency of {country} collapses as reserves run out', 'The {people} currency lost {share} percent in a day. The central bank closed the foreign exchange market, and the finance ministry prepares to default on its sovereign bonds.'],
    ['medium', 'Sanctions freeze assets of {firm} in {country}', 'New sanctions freeze accounts of {firm}. Banks in {town} have stopped letters of credit; suppliers wait for payment.'],
    ['low', 'Inflation in {country} edges up to {share} percent', 'Consumer prices rose more than expected, driven by energy. Economists expect the {people} central bank to leave interest rates unchanged.'],
    ['high', 'Blockage at the port of {town} disrupts supply chain', 'A strike closed all container terminals in {town}. {number} containers wait, and {firm} warns of shortages and a halt of production within {hours} days.'],
    ['medium', '{firm} in {country} files for bankruptcy', 'Insolvency proceedings were opened in {town}. {number} jobs are at risk and {people} creditors expect heavy losses.'],
    ['medium', 'Tariffs on {people} steel announced', 'A tariff of {share} percent on steel from {country} takes effect next month. The {people} trade ministry announces countermeasures.'],
  ],
  climate: [
    ['critical', 'Flood defences fail at {town}, {number} people evacuated', 'After days of heavy rain {river} broke its banks at {town}. {number} people were evacuated, several are missing. {country} has declared a state of emergency and asked for international assistance.'],
    ['high', 'Cyclone makes landfall near {town}', 'The storm reached the coast of {country} with gusts of 190 km/h. Power is out, roads are flooded, {number} people are in shelters.'],
    ['high', 'Wildfire reaches the outskirts of {town}', 'A wildfire driven by strong winds burned {number} hectares. {people} fire crews evacuate suburbs; smoke has closed the airport.'],
    ['medium', 'Drought emergency declared around {town}', 'Reservoirs hold {share} percent of their capacity. {country} limits irrigation; farmers expect crop failure.'],
    ['high', 'Heatwave kills dozens in {country}', 'Temperatures of 47 degrees persist in {town}. Hospitals report heatstroke deaths, and the grid is close to its limit.'],
    ['low', 'Heavy snowfall slows traffic in {country}', 'Snowfall closed minor roads near {town}. Services expect normal traffic within {hours} hours.'],
    ['medium', 'Landslide cuts the road to {town}', 'A landslide after heavy rainfall blocked the main road. {number} residents of {country} are cut off; helicopters bring supplies.'],
    ['high', 'Earthquake damages buildings in {town}', 'An earthquake of magnitude 6.1 struck {country}. Collapsed buildings and injured people are reported; aftershocks continue.'],
  ],
  military: [
    ['critical', 'Missile strike on a depot near {town}', 'Several missiles struck an ammunition depot outside {town}. The {people} defence ministry reports casualties and has put its armed forces on the highest alert.'],
    ['high', 'Unidentified drones over a naval base in {country}', 'Military drones crossed the perimeter of the naval base at {town} for {hours} nights. {people} air defence was activated; fighter jets were scrambled.'],
    ['high', 'Troops mass at the border of {country}', 'Satellite images show armoured brigades and artillery moving to within ten kilometres of the border. {people} reservists were called up.'],
    ['medium', 'Warships shadow a {people} convoy', 'Two frigates followed a convoy on its way to {town} and broke off after {hours} hours. The {people} navy calls the manoeuvre unsafe.'],
    ['medium', '{country} orders new air defence systems', 'The {people} defence ministry signed a contract for air defence batteries and missiles; deliveries begin next year.'],
    ['high', 'Undersea cable cut off {town}, sabotage suspected', 'A cable that carries much of the traffic of {country} was severed. The {people} navy sends a vessel to the site; the coast guard detained a tanker.'],
    ['low', 'Airspace violation reported near {town}', 'A military aircraft entered the airspace of {country} for less than a minute without transponder. The ambassador was summoned.'],
    ['critical', 'Exchange of artillery fire at the border of {country}', 'Soldiers were killed and wounded when artillery fire broke out near {town}. A ceasefire call has not been answered; {people} armour moves forward.'],
  ],
  noise: [
    ['info', '{people} team wins the regatta off {town}', 'After {hours} races the crew from {town} took the cup. The next regatta is held in spring.'],
    ['info', 'Museum in {town} shows maps of five centuries', 'The exhibition in {country} opens on Friday; admission is free for schools.'],
    ['info', 'New tram line opens in {town}', 'The line connects the station with the university. The mayor invited residents to a first ride.'],
    ['info', 'Chefs of {country} meet in {town}', 'Forty chefs cook for guests at the autumn market; the menu is kept secret.'],
    ['info', '{people} choir tours the coast', 'The choir sings in {hours} towns, among them {town}. Tickets are sold out.'],
    ['info', 'Library of {town} lends tools', 'Members may now borrow drills and ladders beside books. Other libraries in {country} watch with interest.'],
  ],
};

/** An endless, varied sequence of reports; `run` keeps the external ids of one run apart from those of another. */
export function* reports(run, random) {
  const pick = list => list[Math.floor(random() * list.length)];
  const domains = ['cyber', 'economic', 'climate', 'military'];
  for (let number = 1; ; number++) {
    const domain = random() < 0.14 ? 'noise' : pick(domains);
    const [severity, title, text] = pick(events[domain]);
    const place = pick(places);
    const chosen = {};
    const fill = template => capital(template.replace(/\{(\w+)\}/g, (_, name) => place[name] ?? (chosen[name] ??= pick(words[name])))).replace(/([.] )([a-z])/g, (_, end, letter) => end + letter.toUpperCase());
    const kind = random();
    yield {
      externalId: `demo-${run}-${number}`,
      title: fill(title),
      text: fill(text),
      occurredAt: new Date(Date.now() - Math.floor(random() * 7_200_000)).toISOString(),
      language: 'en',
      ...(kind < 0.04 && { status: 'exercise' }),
      ...(kind > 0.99 && { status: 'test' }),
      ...(random() < 0.7 && { places: [{ name: place.town, country: place.code, lat: place.lat, lon: place.lon }] }),
      ...(domain !== 'noise' && random() < 0.5 && { hints: { severity, ...(random() < 0.5 && { domains: [domain] }) } }),
      attributes: { source: 'invented for a demonstration' },
    };
  }
}

/** What comes later of a report: more of it, worse, as a new revision; or its cancellation, which is a report of its own. */
export function followUp(report, random) {
  if (random() < 0.3) {
    return { externalId: `${report.externalId}-cancel`, title: `Cancelled: ${report.title}`, action: 'cancel', references: [report.externalId], attributes: report.attributes };
  }
  return { ...report, action: 'update', title: `${report.title}: emergency declared`, text: `${report.text} Update: the situation has worsened; several people were killed and a state of emergency was declared.`, hints: { ...report.hints, severity: 'critical' } };
}

const capital = text => text[0].toUpperCase() + text.slice(1);
