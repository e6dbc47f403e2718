// Made from web/ by make web; sources e04b991026fb553bc6156747311d4009e4cb694e0ada7a3bd70297eea7145a31
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
