{{ facts_of('disclosures') }}
