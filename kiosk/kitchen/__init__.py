"""What the cooks see: stations, tickets and their way from fired to served.

Words: station, ticket, bump, recall, refire, expo, VOID slip.
Never: knows prices or payments, moves a ticket's place on the board, opens the same ticket twice.
"""
