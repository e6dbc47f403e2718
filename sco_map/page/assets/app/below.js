// Made from web/ by make web; sources 477b3feda5c88a8c9f51bb847182e7dda5d846c77164d4b5bf819a653641f0b1
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
