// Made from web/ by make web; sources 76b0755029dfde1725a105d74cf3292974505cd9e745e474775717099af39e40
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
