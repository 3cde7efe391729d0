{{ facts_of('fees') }}
